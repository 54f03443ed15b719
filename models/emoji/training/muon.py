"""Muon (Jordan et al. 2024, https://kellerjordan.github.io/posts/muon), matrices of one shape at once."""

import torch

STEPS, (A, B, C) = 5, (3.4445, -4.7750, 2.0315)
# Less than half the time where the CPU multiplies bf16, many times as long where it doesn't.
PRECISION = torch.bfloat16 if torch.cpu._is_avx512_bf16_supported() else torch.float32


def orthogonal(gradients):
    """Newton-Schulz: (n, rows, columns) -> about the nearest orthogonal matrices."""
    x = (gradients / (gradients.norm(dim=(-2, -1), keepdim=True) + 1e-7)).to(PRECISION)
    tall = x.shape[-2] > x.shape[-1]
    x = (x.mT if tall else x).contiguous()
    for _ in range(STEPS):
        square = x @ x.mT
        x = A * x + (B * square + C * square @ square) @ x
    return (x.mT if tall else x).float()


class Muon(torch.optim.Optimizer):
    """For matrices. One that stacks query, key and value (`stacked = 3`) is treated as three."""

    def __init__(self, params, lr, weight_decay=0.0, momentum=0.95):
        super().__init__(params, dict(lr=lr, weight_decay=weight_decay, momentum=momentum))

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            shapes = {}
            for p in group["params"]:
                if p.grad is None:
                    continue
                mean = self.state[p].setdefault("mean", torch.zeros_like(p))
                mean.lerp_(p.grad, 1 - group["momentum"])
                update = p.grad.lerp(mean, group["momentum"])
                parts = getattr(p, "stacked", 1)
                update = update.view(parts, p.shape[0] // parts, p.shape[1])
                shapes.setdefault(tuple(update.shape[1:]), []).append((p, update))
            for (rows, columns), pairs in shapes.items():
                updates = orthogonal(torch.cat([update for _, update in pairs]))
                scale, at = group["lr"] * 0.2 * max(rows, columns) ** 0.5, 0
                for p, update in pairs:
                    p.mul_(1 - group["lr"] * group["weight_decay"])
                    p.add_(updates[at : at + len(update)].reshape(p.shape), alpha=-scale)
                    at += len(update)
