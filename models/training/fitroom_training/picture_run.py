"""State of one training of the picture encoder: optimizers, running mean, trained minutes, learning rate,
checkpoint."""

from __future__ import annotations

import argparse
import math

import torch
from torch import nn

from .paths import RUNS


def optimizers(task: nn.Module, rate: float) -> list[torch.optim.Optimizer]:
    """Returns Muon (Jordan et al. 2024, with AdamW's step size) for the transformer's matrices and AdamW for the
    rest."""
    matrices = [p for block in task.encoder.blocks for p in block.parameters() if p.ndim == 2]
    matrix_ids = {id(p) for p in matrices}
    rest = [p for p in task.parameters() if id(p) not in matrix_ids]
    groups = [
        {"params": [p for p in rest if p.ndim > 1], "weight_decay": 0.05},
        {"params": [p for p in rest if p.ndim <= 1], "weight_decay": 0.0},
    ]
    muon = torch.optim.Muon(matrices, rate, weight_decay=0.05, adjust_lr_fn="match_rms_adamw")
    return [torch.optim.AdamW(groups, rate), muon]


class Run:
    """Model, its running mean (EMA), optimizer and the number of trained minutes."""

    def __init__(self, task: nn.Module, given: argparse.Namespace) -> None:
        self.task, self.minutes, self.rate, self.start = task, given.minutes, given.rate, given.start
        self.path = RUNS / f"{given.name}.pt"
        self.optimizers = optimizers(task, given.rate)
        self.step, self.trained = 0, 0.0
        self.mean = {k: v.clone() for k, v in task.state_dict().items()}
        if self.path.exists():
            saved = torch.load(self.path)
            task.load_state_dict(saved["model"])
            for optimizer, state in zip(self.optimizers, saved["optimizers"], strict=True):
                optimizer.load_state_dict(state)
            self.step, self.trained, self.mean = saved["step"], saved["trained"], saved["mean"]
            torch.set_rng_state(saved["rng"])
            print("resumed at step", self.step, flush=True)

    def progress(self) -> float:
        return min(1.0, self.trained / (60 * self.minutes))

    def set_rate(self) -> None:
        warm = min(1.0, (self.step + 1) / 150)
        rate = self.rate * warm * max(0.003, 0.5 * (1 + math.cos(math.pi * self.progress())))
        for group in [group for optimizer in self.optimizers for group in optimizer.param_groups]:
            group["lr"] = rate

    def update_mean(self) -> None:
        keep = min(0.998, self.step / (self.step + 20))
        with torch.no_grad():
            for name, value in self.task.state_dict().items():
                if value.is_floating_point():
                    self.mean[name].lerp_(value, 1 - keep)
                else:
                    self.mean[name].copy_(value)

    def save(self) -> None:
        state = {"model": self.task.state_dict(), "mean": self.mean}
        state["optimizers"] = [optimizer.state_dict() for optimizer in self.optimizers]
        state |= {"step": self.step, "trained": self.trained, "rng": torch.get_rng_state()}
        partial = self.path.with_suffix(".partial")
        torch.save(state, partial)
        partial.rename(self.path)
