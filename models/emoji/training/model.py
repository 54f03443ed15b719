"""The network: Hugging Face's BLIP-2, tiny, and how it begins, so that it learns within hours on two cores."""

from contextlib import contextmanager

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from transformers import Blip2Config, Blip2ForConditionalGeneration, Blip2QFormerConfig, Blip2VisionConfig, OPTConfig

from concepts import COLOURS, CONCEPTS

WIDTH, HEADS, QUERIES, IMAGE, PATCH = 192, 6, 16, 128, 16
GRID = IMAGE // PATCH
BOS, PAD = 2, 1
MEAN = torch.tensor([0.48145466, 0.4578275, 0.40821073]).view(1, 3, 1, 1)
DEVIATION = torch.tensor([0.26862954, 0.26130258, 0.27577711]).view(1, 3, 1, 1)


def build(vocabulary, image_token, newline):
    vision = Blip2VisionConfig(
        hidden_size=WIDTH, intermediate_size=3 * WIDTH, num_hidden_layers=5, num_attention_heads=HEADS,
        image_size=IMAGE, patch_size=PATCH, initializer_range=0.02, qkv_bias=True)
    qformer = Blip2QFormerConfig(
        vocab_size=vocabulary, hidden_size=WIDTH, num_hidden_layers=2, num_attention_heads=HEADS,
        intermediate_size=3 * WIDTH, hidden_dropout_prob=0.0, attention_probs_dropout_prob=0.0,
        cross_attention_frequency=1, encoder_hidden_size=WIDTH, use_qformer_text_input=False,
        max_position_embeddings=64)
    text = OPTConfig(
        vocab_size=vocabulary, hidden_size=WIDTH, word_embed_proj_dim=WIDTH, num_hidden_layers=4, ffn_dim=4 * WIDTH,
        num_attention_heads=HEADS, max_position_embeddings=1024, do_layer_norm_before=True, activation_function="relu",
        dropout=0.0, attention_dropout=0.0, pad_token_id=PAD, bos_token_id=BOS, eos_token_id=newline,
        tie_word_embeddings=True)
    config = Blip2Config(
        vision_config=vision, qformer_config=qformer, text_config=text, num_query_tokens=QUERIES,
        image_token_index=image_token, tie_word_embeddings=True)
    torch.manual_seed(0)
    model = Blip2ForConditionalGeneration(config)
    for name, parameter in model.named_parameters():
        if "qkv.weight" in name:
            parameter.stacked = 3
    begin_vision(model)
    begin_language(model)
    return model


@contextmanager
def quick():
    """Forward passes of a step, in three quarters of the time: products in bf16 where the CPU has it, and attention as
    plain products, whose way back takes half as long on a CPU as the fused kernel's."""
    with torch.autocast("cpu", torch.bfloat16, enabled=torch.cpu._is_avx512_bf16_supported()):
        with sdpa_kernel(SDPBackend.MATH):
            yield


def waves(positions, width, longest, scale):
    """Sine and cosine of positions: (n, width). A shift by k is then one rotation, whatever the position."""
    rates = longest ** -(torch.arange(width // 2) / (width // 2))
    angles = positions[:, None] * rates
    return torch.cat([angles.sin(), angles.cos()], 1) * scale


def places(side, width, scale):
    """(side * side, width): the middle of each square of the picture, in units of patches."""
    at = (torch.arange(side) + 0.5) / side * GRID
    y, x = torch.meshgrid(at, at, indexing="ij")
    return torch.cat([waves(y.flatten(), width // 2, 30, scale), waves(x.flatten(), width // 2, 30, scale)], 1)


@torch.no_grad()
def begin_vision(model):
    """Each query looks at its own square of a 4x4 grid: cross-attention begins by comparing places."""
    positions = model.vision_model.embeddings.position_embedding
    positions.normal_(0, 0.02)
    positions[0, 1:] = places(GRID, WIDTH, 0.5)
    model.query_tokens[0] = places(4, WIDTH, 1.0) + torch.randn(QUERIES, WIDTH) * 0.02
    for layer in model.qformer.encoder.layer:
        attention = layer.crossattention.attention
        same = torch.eye(WIDTH) + torch.randn(WIDTH, WIDTH) * 0.02
        attention.query.weight.copy_(same)
        attention.key.weight.copy_(same)


@torch.no_grad()
def begin_language(model):
    """A word finds its like: in the first two layers half of the heads compare words with what the cells hold."""
    decoder = model.language_model.model.decoder
    table = decoder.embed_positions.weight  # two rows before the first position
    table.copy_(waves(torch.arange(len(table)).float() - 2, WIDTH, 600, 0.06))
    decoder.embed_tokens.weight.normal_(0, 0.1)
    head = WIDTH // HEADS
    for layer in decoder.layers[:2]:
        attention = layer.self_attn
        for h in range(HEADS // 2):
            rows = slice(h * head, (h + 1) * head)
            alike = torch.randn(head, WIDTH) * (1.3 / WIDTH**0.5)
            alike[0] = 0
            attention.q_proj.weight[rows] = alike
            attention.q_proj.bias[h * head] = 6
            alike[0] = marker() * 2  # what only cells carry
            attention.k_proj.weight[rows] = alike
            found = torch.randn(head, WIDTH) * (0.5 / WIDTH**0.5)  # and takes along what it finds
            attention.v_proj.weight[rows] = found
            attention.out_proj.weight[:, rows] = found.T


def marker():
    return F.normalize(torch.randn(WIDTH, generator=torch.Generator().manual_seed(3)), dim=0)


class Oracle(nn.Module):
    """The 16 cells as the decoder would best have them, made from the truth instead of from a picture: stage 2 learns
    to talk with these, and stage 3 teaches the Q-Former's projection to say the same."""

    def __init__(self):
        super().__init__()
        self.thing = nn.Embedding(len(CONCEPTS) + 2, WIDTH)
        self.cell = nn.Embedding(QUERIES, WIDTH)
        self.colour = nn.Embedding(len(COLOURS) + 1, WIDTH)
        self.size = nn.Embedding(4, WIDTH)
        self.place = nn.Linear(2, WIDTH)

    @torch.no_grad()
    def begin(self, words, embeddings):
        """Things and colours begin as the words for them, and things are what is most of a cell."""
        mean = lambda texts: torch.stack([embeddings[i] for text in texts for i in words.ids(" " + text)]).mean(0)
        for table in (self.thing, self.cell, self.colour, self.size, self.place):
            table.weight.normal_(0, 0.05)
        self.place.weight.mul_(3)  # half a cell is to count
        self.place.bias.zero_()
        self.thing.weight.copy_(2 * F.normalize(torch.randn_like(self.thing.weight), dim=1))  # nothing is as large
        for concept in CONCEPTS:
            self.thing.weight[concept.index] = 2 * F.normalize(mean([concept.name, concept.plural]), dim=0)
        for i, colour in enumerate(COLOURS):
            self.colour.weight[i] = 0.8 * F.normalize(mean([colour]), dim=0)
        self.cell.weight += marker()

    def forward(self, thing, colour, size, place):
        """(n, 16) each, places (n, 16, 2) -> (n, 16, width)"""
        return self.thing(thing) + self.cell.weight + self.colour(colour) + self.size(size) + self.place(place)


class Teacher(nn.Module):
    """Heads that teach eye and Q-Former what is where, and are dropped afterwards."""

    def __init__(self):
        super().__init__()
        things = len(CONCEPTS) + 2  # nothing, and no scene at all
        self.patch = nn.Linear(WIDTH, things)
        self.cell = nn.Linear(WIDTH, things)
        self.colour = nn.Linear(WIDTH, len(COLOURS))
        self.size = nn.Linear(WIDTH, 3)
        self.place = nn.Linear(WIDTH, 2)


def normalise(levels):
    """uint8 (n, 128, 128, 3) -> (n, 3, 128, 128)"""
    return (torch.from_numpy(levels).permute(0, 3, 1, 2).float() / 255 - MEAN) / DEVIATION


def look(model, pixels):
    """Patches (n, 65, width) and queries (n, 16, width)."""
    patches = model.vision_model(pixels).last_hidden_state
    queries = model.qformer(query_embeds=model.query_tokens.expand(len(pixels), -1, -1), encoder_hidden_states=patches)
    return patches, queries.last_hidden_state
