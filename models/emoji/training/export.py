"""Writes a checkpoint as transformers does, in f16."""

import copy

from transformers import Blip2Processor, GenerationConfig
from transformers.models.blip.image_processing_pil_blip import BlipImageProcessorPil

from model import BOS, IMAGE, PAD, QUERIES


def export(model, words, folder):
    settings = GenerationConfig(bos_token_id=BOS, eos_token_id=words.newline, pad_token_id=PAD, max_new_tokens=40)
    half = copy.deepcopy(model).half()
    half.generation_config = half.language_model.generation_config = settings
    half.save_pretrained(folder)
    settings.save_pretrained(folder)
    pictures = BlipImageProcessorPil(size={"height": IMAGE, "width": IMAGE})
    pictures.save_pretrained(folder)
    Blip2Processor(pictures, words.tokenizer, num_query_tokens=QUERIES).save_pretrained(folder)
