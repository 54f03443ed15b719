"""What every stage shares: optimizers, a running average of the weights, and a state that survives a kill."""

import os
import signal
import sys
import time
from contextlib import contextmanager
from multiprocessing import Process, Queue
from queue import Empty

import torch

from keep import load_kept
from muon import Muon

CLIP, SAVE_SECONDS = 1.0, 300
COOLING = 0.4  # of the hours: the rate falls to a twentieth in the end, and the weights settle


class Run:
    """The training of some parameters, by name, from where it stopped: `while run.goes_on(): ... run.learn(loss)`.

    Where it has no state yet it begins from FOLDER/kept, if the repository kept weights of that stage.
    """

    def __init__(self, path, names, rate, hours, warm_up=100):
        self.path, self.names, self.hours, self.warm_up = path, names, hours, warm_up
        self.step, self.spent, self.warm_from = 0, 0.0, 0
        if not path.exists() and kept_for(path).exists():
            self.step = self.warm_from = load_kept(kept_for(path), names)
        self.optimisers, self.average = optimizers(names, rate), Average(names)
        if path.exists():
            self.restore()
        self.first, self.began, self.saved = self.step, time.time(), time.time()
        self.stopped = False
        for polite in (signal.SIGTERM, signal.SIGINT):
            signal.signal(polite, self.stop)

    def stop(self, *_):
        """Ctrl-C or a polite kill: the step is finished and the state saved."""
        self.stopped = True

    def goes_on(self):
        """Until all runs together have taken so many hours."""
        return not self.stopped and self.spent + time.time() - self.began < self.hours * 3600

    def cooled(self):
        """How much of the rate is left, from 1 down to 1/20."""
        left = 1 - (self.spent + time.time() - self.began) / (self.hours * 3600)
        return max(0.05, left / COOLING)

    def learn(self, loss):
        share = min(1, (self.step - self.warm_from + 1) / self.warm_up, self.cooled())
        for optimiser in self.optimisers:
            optimiser.zero_grad()
            for group in optimiser.param_groups:
                group["lr"] = group["full"] * share
        loss.backward()
        torch.nn.utils.clip_grad_norm_([p for p in self.names.values() if p.grad is not None], CLIP)
        for optimiser in self.optimisers:
            optimiser.step()
        self.step += 1
        self.average.update(self.step)

    def tell(self, text):
        pace = (time.time() - self.began) / max(1, self.step - self.first)
        print(f"{time.strftime('%H:%M:%S')} step {self.step}, {pace:.2f} s each: {text}", flush=True)

    def is_time_to_save(self):
        return time.time() - self.saved > SAVE_SECONDS

    def save(self):
        """Written beside and moved into place, so that a kill at any moment leaves a whole file."""
        state = {
            "step": self.step, "spent": self.spent + time.time() - self.began, "warm_from": self.warm_from,
            "average": self.average.values,
            "weights": {name: p.detach() for name, p in self.names.items()}, "rng": torch.get_rng_state(),
            "optimizers": [optimiser.state_dict() for optimiser in self.optimisers]}
        torch.save(state, f"{self.path}.tmp")
        os.replace(f"{self.path}.tmp", self.path)
        self.saved = time.time()

    @torch.no_grad()
    def restore(self):
        state = torch.load(self.path, weights_only=True)
        for name, p in self.names.items():
            p.copy_(state["weights"][name])
        self.average.values = state["average"]
        for optimiser, values in zip(self.optimisers, state["optimizers"]):
            full = [group["full"] for group in optimiser.param_groups]
            optimiser.load_state_dict(values)
            for group, rate in zip(optimiser.param_groups, full):
                group["full"] = rate
        torch.set_rng_state(state["rng"])
        self.step, self.spent, self.warm_from = state["step"], state.get("spent", 0.0), state.get("warm_from", 0)


def kept_for(path):
    """Where a stage's kept weights are, beside its state."""
    return path.parent / "kept" / f"{path.stem}.safetensors"


def optimizers(names, rate, decay=0.03):
    """Muon for the matrices inside layers, AdamW for the rest."""
    inner = lambda name, p: p.dim() == 2 and (".layers." in name or "encoder.layer" in name)
    matrices = [p for name, p in names.items() if inner(name, p)]
    others = [p for name, p in names.items() if not inner(name, p)]
    muon = Muon(matrices, lr=rate * 1.6, weight_decay=decay)
    adam = torch.optim.AdamW(others, lr=rate, weight_decay=0.01, betas=(0.9, 0.98), fused=True)
    for optimiser in (muon, adam):
        for group in optimiser.param_groups:
            group["full"] = group["lr"]
    return [muon, adam]


class Average:
    """A running average of the weights, which does as well as a run whose rate has been brought down."""

    def __init__(self, names, keep=0.998):
        self.names, self.keep = names, keep
        self.values = {name: p.detach().clone() for name, p in names.items()}

    @torch.no_grad()
    def update(self, step):
        keep = min(self.keep, 1 - 1 / (step / 10 + 1))
        torch._foreach_lerp_(list(self.values.values()), [p.detach() for p in self.names.values()], 1 - keep)

    @contextmanager
    def applied(self):
        """For the time of the block the model has the averaged weights."""
        own = {name: p.detach().clone() for name, p in self.names.items()}
        try:
            self.write(self.values)
            yield
        finally:
            self.write(own)

    @torch.no_grad()
    def write(self, values):
        for name, p in self.names.items():
            p.copy_(values[name])


@contextmanager
def batches_from(make, *arguments):
    """Batches made in another process, which ends with the block: yields a function that returns the next one."""
    queue = Queue(6)
    worker = Process(target=fill_queue, args=(queue, make, arguments), daemon=True)
    worker.start()

    def next_batch():
        while True:
            try:
                return queue.get(timeout=5)
            except Empty:
                if not worker.is_alive():
                    sys.exit(f"No more batches: the process that makes them ended with {worker.exitcode}. "
                             "The same command goes on from what was saved last.")

    try:
        yield next_batch
    finally:
        worker.terminate()


def fill_queue(queue, make, arguments):
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches it as well, while a step still needs a batch
    for one in make(*arguments):
        queue.put(one)
