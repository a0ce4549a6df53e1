"""Stage `fusion_head`: trains the classifier head on F = [F_t ; F_i] with cached features of both encoders."""

from __future__ import annotations

import argparse
import time

import torch
from torch import nn
from torch.nn import functional as F

from .data import SERVED_PX, load_set
from .head_samples import Samples, one_hot
from .labels import label_rows, type_of_category
from .losses import group_loss, soft_loss
from .outputs import KNOWN, OUTPUTS
from .paths import RUNS


class Head(nn.Module):
    """Maps features [b, 512] (unit halves, zeros for an absent one) to logits [b, labels] per output."""

    def __init__(self, sizes: dict[str, int], width: int = 512) -> None:
        super().__init__()
        self.hidden = nn.Linear(512, width)
        self.drop = nn.Dropout(0.2)
        self.outputs = nn.ModuleDict({name: nn.Linear(width, n) for name, n in sizes.items()})

    def forward(self, features: torch.Tensor) -> dict[str, torch.Tensor]:
        x = self.drop(F.gelu(self.hidden(16.0 * features)))
        return {name: output(x) for name, output in self.outputs.items()}


def load_head() -> Head:
    saved = torch.load(RUNS / "head.pt")
    head = Head(saved["sizes"])
    head.load_state_dict(saved["head"])
    return head.eval()


def extra_loss(head: Head, samples: Samples, type_of: torch.Tensor) -> torch.Tensor:
    """Adds the loss of pictures without text from the other sets. A photo taken at home has only a garment type."""
    loss = torch.zeros(())
    for views, labels in samples.extra:
        rows = torch.randint(views.shape[1], (64,))
        pictures = views[torch.randint(len(views), (64,)), rows]
        logits = head(torch.cat([torch.zeros_like(pictures), pictures], 1))
        for name in OUTPUTS:
            loss = loss + 0.35 * soft_loss(logits[name], one_hot(labels[name][rows], samples.sizes[name]))
        loss = loss + 0.35 * soft_loss(logits[KNOWN], one_hot(torch.ones(len(rows), dtype=torch.long), 2))
        unknown = labels["garmentType"][rows].where(labels["category"][rows] < 0, torch.tensor(-1))
        loss = loss + 0.1 * group_loss(logits["category"], unknown, type_of)
    return loss


@torch.no_grad()
def validate(head: Head, pictures: torch.Tensor) -> str:
    """Returns the accuracies on val by picture alone, and the category's mean recall over its labels."""
    labels = {name: torch.from_numpy(v) for name, v in label_rows(load_set("products-val", SERVED_PX)[0]).items()}
    logits = head(torch.cat([torch.zeros_like(pictures), pictures], 1))
    right = {name: (logits[name].argmax(1) == labels[name]).float() for name in OUTPUTS}
    shares = {name: right[name][labels[name] >= 0].mean().item() for name in OUTPUTS}
    found = labels["category"].unique()
    shares["recall"] = sum(right["category"][labels["category"] == c].mean().item() for c in found if c >= 0)
    shares["recall"] /= int((found >= 0).sum())
    return " ".join(f"{name} {share:.3f}" for name, share in shares.items())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--steps", type=int, default=3000)
    arguments.add_argument("--tail", type=float, default=0.5, help="share of rows drawn with weight n^-1/2; the others are drawn evenly")
    options = arguments.parse_args()
    torch.manual_seed(3)
    samples = Samples(3, options.tail)
    head = Head(samples.sizes)
    type_of = torch.from_numpy(type_of_category())
    optimizer = torch.optim.AdamW(head.parameters(), 1e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 2e-3, options.steps, pct_start=0.05)
    start = time.time()
    for step in range(1, options.steps + 1):
        loss = extra_loss(head, samples, type_of)
        for features, targets in samples.batch(768):
            noisy = features + 0.01 * torch.randn_like(features) * (features != 0)
            logits = head(noisy)
            share = len(features) / 768
            loss = loss + share * sum(soft_loss(logits[name], targets[name]) for name in targets)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 500 == 0:
            print(f"step {step} loss {loss.item():.3f} {time.time() - start:.0f} s", flush=True)
    print("val, by picture:", validate(head.eval(), samples.val), flush=True)
    torch.save({"head": head.state_dict(), "sizes": samples.sizes}, RUNS / "head.partial")
    (RUNS / "head.partial").rename(RUNS / "head.pt")


if __name__ == "__main__":
    main()
