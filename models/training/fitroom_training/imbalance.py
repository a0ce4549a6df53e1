"""Stage `imbalance`: methods against a long tail, each trained on the same cached pictures and reported on val and
test.

It compares plain training, resampling, class weights, logit adjustment, an ensemble, and one head distilled from the
ensemble, on the category by picture (140 labels, some with under ten rows). It does not change the bundle. The results
are written to runs/imbalance.json and copied into the README by hand.
"""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from .data import SERVED_PX, load_set
from .features import load_pictures, picture_features
from .labels import label_rows, label_sets
from .paths import RUNS

STEPS, BATCH, TAIL = 800, 512, 50  # a category of the tail has fewer training rows than TAIL
Loss = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]


class Split:
    """Features [views, rows, 256] and categories [rows] of one split of the products."""

    def __init__(self, name: str, features: dict[str, torch.Tensor]) -> None:
        plain = features[f"products-{name}"][None]
        self.views = torch.cat([plain, features[f"products-{name}/views"]]) if name == "train" else plain
        rows, _ = load_set(f"products-{name}", SERVED_PX)
        self.category = torch.from_numpy(label_rows(rows)["category"])


def new_head(labels: int, seed: int) -> nn.Sequential:
    torch.manual_seed(seed)
    return nn.Sequential(nn.Linear(256, 512), nn.GELU(), nn.Dropout(0.2), nn.Linear(512, labels))


def trained(train: Split, chance: torch.Tensor, loss: Loss, seed: int = 0) -> nn.Sequential:
    """Trains a head for STEPS batches of rows drawn by `chance`; `loss` gets logits [b, labels] and rows [b]."""
    head = new_head(len(label_sets()["category"]), seed)
    optimizer = torch.optim.AdamW(head.parameters(), 1e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, STEPS, pct_start=0.05)
    for rows in torch.multinomial(chance, STEPS * BATCH, replacement=True).split(BATCH):
        features = train.views[torch.randint(len(train.views), (BATCH,)), rows]
        value = loss(head(16 * features), rows)
        optimizer.zero_grad()
        value.backward()
        optimizer.step()
        schedule.step()
    return head.eval()


def figures(logits: torch.Tensor, split: Split, counts: torch.Tensor) -> dict[str, float]:
    """Returns the accuracy over all rows (a row without a class is wrong), the mean recall per class, and the tail's
    accuracy."""
    right, known = (logits.argmax(1) == split.category).float(), split.category >= 0
    recalls = [right[split.category == c].mean().item() for c in split.category[known].unique()]
    tail = known & (counts[split.category.clamp(min=0)] < TAIL)
    return {"all": right.mean().item(), "recall": float(np.mean(recalls)), "tail": right[tail].mean().item()}


def main() -> None:
    features = picture_features(load_pictures())
    train, splits = Split("train", features), {name: Split(name, features) for name in ("val", "test")}
    known = train.category >= 0
    counts = torch.bincount(train.category[known], minlength=len(label_sets()["category"])).float().clamp(min=1)
    even = known.float() / known.sum()
    rare = torch.where(known, counts[train.category.clamp(min=0)].rsqrt(), torch.zeros(()))
    prior, label = (counts / counts.sum()).log(), train.category
    weight = (counts.mean() / counts).sqrt().clamp(max=8)

    def plain(logits: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(logits, label[rows])

    def weighted(logits: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
        return F.cross_entropy(logits, label[rows], weight)

    def adjusted(tau: float) -> Loss:
        return lambda logits, rows: F.cross_entropy(logits + tau * prior, label[rows])

    heads = {
        "plain": [trained(train, even, plain)],
        "resampled by n^-1/2": [trained(train, rare / rare.sum(), plain)],
        "class weights n^-1/2": [trained(train, even, weighted)],
        "logit adjustment, tau 0.5": [trained(train, even, adjusted(0.5))],
        "logit adjustment, tau 1": [trained(train, even, adjusted(1.0))],
        "ensemble of five, resampled": [trained(train, rare / rare.sum(), plain, seed) for seed in range(1, 6)],
    }
    team = heads["ensemble of five, resampled"]

    def taught(logits: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
        with torch.no_grad():
            teacher = torch.stack([h(16 * train.views[0, rows]).softmax(1) for h in team]).mean(0)
        return -(teacher * logits.log_softmax(1)).sum(1).mean() + 0.3 * plain(logits, rows)

    heads["distilled from the ensemble"] = [trained(train, rare / rare.sum(), taught)]
    report = {}
    for name, members in heads.items():
        for split_name, split in splits.items():
            with torch.no_grad():
                logits = torch.stack([h(16 * split.views[0]).softmax(1) for h in members]).mean(0)
            report[f"{name}, {split_name}"] = figures(logits, split, counts)
    (RUNS / "imbalance.json").write_text(json.dumps(report, indent=2) + "\n")
    for name, row in report.items():
        print(f"{name:40} " + " ".join(f"{k} {v:.3f}" for k, v in row.items()), flush=True)


if __name__ == "__main__":
    main()
