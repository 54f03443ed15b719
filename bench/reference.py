"""The reference: transformers on the same checkpoint, doing what bench/engine/ours.mjs does. Run by bench/compare.ts.

Each line of the input is a request in JSON, and each is answered by one line. Times are in milliseconds. As somebody
who knows transformers would run it: f32 on a CPU, f16 on a GPU, the attention that is quickest here, as many threads as
the engine has, no gradients, what can be kept between requests kept.
"""

import json
import os
import sys
import time

import torch
from PIL import Image
from transformers import Blip2ForConditionalGeneration, Blip2Processor, logging
from transformers.generation.streamers import BaseStreamer

logging.set_verbosity_error()
logging.disable_progress_bar()


class Clock(BaseStreamer):
    """When each token came."""

    def __init__(self):
        self.times = []

    def put(self, value):
        self.times.append(time.perf_counter())

    def end(self):
        pass


class Reference:
    def load(self, model, threads, attention="sdpa", device="cpu", dtype="f32", weights=None):
        """`dtype` is that on a CPU; `weights` are the engine's alone."""
        torch.set_num_threads(threads)
        self.device = find_device(device)
        on_cpu = self.device.type == "cpu"
        on_cpu_dtype = {"f32": torch.float32, "bf16": torch.bfloat16}[dtype]
        self.processor = Blip2Processor.from_pretrained(model)
        self.model = Blip2ForConditionalGeneration.from_pretrained(
            model, dtype=on_cpu_dtype if on_cpu else torch.float16, attn_implementation=attention
        ).eval().to(self.device)
        if on_cpu:
            return {"where": f"cpu in {dtype}"}
        name = torch.cuda.get_device_name(self.device) if self.device.type == "cuda" else self.device.type
        return {"where": f"{name} in f16"}

    def encode(self, image):
        pixels = self.placed(self.processor(images=Image.open(image), return_tensors="pt"))["pixel_values"]
        self.features = self.model.get_image_features(pixels).pooler_output
        self.features.float().sum().item()  # waits until it is there
        return {}

    def answer(self, image, prompt, newTokens):
        """A caption, or a turn of a conversation: its `generate` takes the picture's pixels each time."""
        inputs = self.placed(self.processor(images=Image.open(image), text=prompt or None, return_tensors="pt"))
        out = self.model.generate(**inputs, **self.exactly(newTokens))
        return self.result(out, inputs["input_ids"].shape[1] if prompt else self.model.config.num_query_tokens + 1)

    def proceed(self, prompts, newTokens, unseen=False):
        """All at once, from features that are there already: the language model alone. It keeps nothing that it read."""
        inputs = self.token_inputs(prompts)
        rows = self.model.get_input_embeddings()(inputs["input_ids"])
        image = inputs["input_ids"] == self.model.config.image_token_index
        features = self.features.expand(len(prompts), -1, -1)
        clock = Clock() if len(prompts) == 1 else None
        out = self.model.language_model.generate(
            inputs_embeds=rows.masked_scatter(image.unsqueeze(-1), features),
            attention_mask=inputs["attention_mask"], streamer=clock, **self.exactly(newTokens),
        )
        times = clock.times[-newTokens:] if clock else [0]
        return {
            "tokens": [row[-newTokens:] for row in out.tolist()],
            "promptTokens": int(inputs["attention_mask"][0].sum()),
            "decodeMs": 1000 * (times[-1] - times[0]),
        }

    def token_inputs(self, prompts):
        """The picture's tokens first, as the processor puts them; padding where the model looks away from it."""
        config = self.model.config
        side = "left" if config.use_decoder_only_language_model else "right"
        words = self.processor.tokenizer(list(prompts), padding=True, padding_side=side, return_tensors="pt")
        picture = torch.full((len(prompts), config.num_query_tokens), config.image_token_index)
        return self.placed({
            "input_ids": torch.cat([picture, words["input_ids"]], dim=1),
            "attention_mask": torch.cat([torch.ones_like(picture), words["attention_mask"]], dim=1),
        })

    def placed(self, inputs):
        """On the device, what is no whole number in the model's own type."""
        dtype = self.model.dtype
        return {
            name: value.to(self.device, dtype) if value.is_floating_point() else value.to(self.device)
            for name, value in inputs.items()
        }

    def exactly(self, count):
        return dict(max_new_tokens=count, min_new_tokens=count, do_sample=False)

    def result(self, out, prompt_tokens):
        begun = prompt_tokens if self.model.config.use_decoder_only_language_model else 1
        tokens = out[0, begun:].tolist()
        text = self.processor.tokenizer.decode(tokens, skip_special_tokens=True).strip()
        return {"tokens": [tokens], "text": text, "promptTokens": prompt_tokens}


def find_device(name):
    """`gpu`: the first there is."""
    if name != "gpu":
        return torch.device(name)
    if torch.cuda.is_available():
        return torch.device("cuda")
    if torch.backends.mps.is_available():
        return torch.device("mps")
    raise SystemExit("torch finds no GPU here. Install a torch that is built for it, or compare with --alone.")


def main():
    reference = Reference()
    print(json.dumps({"ready": True}), flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        do = request.pop("do")
        started = time.perf_counter()
        with torch.inference_mode():
            result = getattr(reference, do)(**request)
        ms = 1000 * (time.perf_counter() - started)
        print(json.dumps({"ms": ms, **result}), flush=True)


if __name__ == "__main__":
    main()
