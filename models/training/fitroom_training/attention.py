"""Stage `attention`: trains the network that fuses text and picture into one request vector, on cached features.

The encoders do not change. The target of a composition is every training picture, weighted by how well it fits.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from .compositions import CompositionMaker
from .data import SERVED_PX, load_set
from .features import load_pictures, picture_features
from .labels import label_rows
from .losses import normalised, soft_loss
from .paths import RUNS
from .phrases import Lexicon, PhraseMaker
from .picture_encoder import BLOCKS
from .retrieval import composed_precision, mixed, swap_relevance, swaps
from .text_encoder import embed_texts, load_words

GALLERY = 4096
PARTS = list(BLOCKS.values())


class AttentionFusion(nn.Module):
    """Maps F_t, F_i [b, 256] of unit length and weights (w_t, w_i) [b, 2] that sum to 1 to q [b, 256] of unit length.

    Each block has a gate g = w_t·σ(z) / (w_t·σ(z) + w_i·(1 − σ(z))) between the two unit blocks, a correction, and a
    factor for the block's length. All three are computed from both modalities (after Combiner, Baldrati et al. 2022,
    with one gate per block). Correction and factor are multiplied by 4·w_t·w_i, so (1, 0) gives exactly F_t and (0, 1)
    exactly F_i.
    """

    def __init__(self, width: int = 512) -> None:
        super().__init__()
        self.hidden = nn.Linear(512, width)
        self.drop = nn.Dropout(0.2)
        self.gate, self.stretch = nn.Linear(width, len(PARTS)), nn.Linear(width, len(PARTS))
        self.correction = nn.Linear(width, sum(PARTS))
        for layer in (self.gate, self.stretch, self.correction):
            nn.init.zeros_(layer.weight)
            nn.init.zeros_(layer.bias)

    def forward(self, text: torch.Tensor, image: torch.Tensor, weights: torch.Tensor) -> torch.Tensor:
        x = self.drop(F.gelu(self.hidden(16.0 * torch.cat([text, image], 1))))
        both = 4 * weights[:, :1] * weights[:, 1:]
        # beyond ±12 one of the two sigmoids is 0 in float32, and (1, 0) or (0, 1) gives 0/0
        z = self.gate(x).clamp(-12, 12)
        towards = weights[:, :1] * z.sigmoid()
        gate = towards / (towards + weights[:, 1:] * (-z).sigmoid())
        stretch = (both * self.stretch(x).clamp(-4, 4)).exp()
        correction = (both * self.correction(x)).split(PARTS, 1)
        blocks = []
        for i, (t, p) in enumerate(zip(text.split(PARTS, 1), image.split(PARTS, 1), strict=True)):
            g = gate[:, i : i + 1]
            lengths = [(part.square().sum(1, keepdim=True) + 1e-12).sqrt() for part in (t, p)]
            turned = g * t / lengths[0] + (1 - g) * p / lengths[1] + correction[i]
            turned = turned / (turned.square().sum(1, keepdim=True) + 1e-12).sqrt()
            blocks.append(turned * (g * lengths[0] + (1 - g) * lengths[1]) * stretch[:, i : i + 1])
        q = torch.cat(blocks, 1)
        return q / (q.square().sum(1, keepdim=True) + 1e-12).sqrt()


def even(count: int) -> torch.Tensor:
    return torch.full((count, 2), 0.5)


class Compositions:
    """A pool of compositions about the training products, with embedded texts."""

    def __init__(self, count: int, seed: int) -> None:
        rows, _ = load_set("products-train", SERVED_PX)
        self.maker = CompositionMaker(PhraseMaker(rows, Lexicon(), seed), seed)
        known = np.flatnonzero((self.maker.labels["category"] >= 0) & (self.maker.labels["color"] >= 0))
        counts = np.bincount(self.maker.labels["category"][known])[self.maker.labels["category"][known]]
        chance = 0.5 / len(known) + 0.5 * counts**-0.5 / (counts**-0.5).sum()
        picked = np.random.default_rng(seed).choice(known, count, p=chance)
        self.compositions = [self.maker.draw(int(row)) for row in picked]
        encoder, tokenizer = load_words()
        self.words = embed_texts(encoder, tokenizer, [c.phrase.text for c in self.compositions], fast=True)
        features = picture_features(load_pictures())
        self.views = torch.cat([features["products-train"][None], features["products-train/views"]])

    def batch(self, count: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor, torch.Tensor]:
        """Returns texts and pictures [b, 256], a gallery [g, 256] and targets [b, g]. A garment is no target of its
        own picture."""
        picked = np.random.randint(len(self.compositions), size=count)
        rows = np.array([self.compositions[i].row for i in picked])
        gallery = np.random.choice(self.views.shape[1], GALLERY, replace=False)
        target = np.stack([self.maker.target(self.compositions[i], gallery) for i in picked])
        target[rows[:, None] == gallery[None]] = 0
        view = torch.randint(len(self.views), (count,))
        return (
            self.words[torch.from_numpy(picked)], self.views[view, torch.from_numpy(rows)],
            self.views[0, torch.from_numpy(gallery)], torch.from_numpy(target),
        )  # fmt: skip


class Validation:
    """Composed and described nP@10 on val, in English and Chinese, by the network and by the plain average."""

    def __init__(self) -> None:
        rows, _ = load_set("products-val", SERVED_PX)
        self.pictures = picture_features(load_pictures())["products-val"]
        lexicon, labels = Lexicon(), label_rows(rows)
        color_swaps = swaps(labels)
        self.rows, self.relevant = [row for row, _ in color_swaps], swap_relevance(labels, color_swaps)
        encoder, tokenizer = load_words()
        self.changes = {}
        for language, phrase in (("en", "in {}"), ("zh", "换成{}")):
            names = [phrase.format(lexicon.words["color"][c][language][0]) for _, c in color_swaps]
            self.changes[language] = embed_texts(encoder, tokenizer, names)

    def line(self, network: AttentionFusion) -> str:
        network.eval()
        found, pictures = {}, self.pictures[self.rows]
        with torch.no_grad():
            for language, words in self.changes.items():
                q = network(words, pictures, even(len(words)))
                found[language] = composed_precision(q, self.pictures, self.relevant, self.rows).mean()
                average = mixed(words, pictures, 0.65)
                found[f"{language} averaged"] = composed_precision(
                    average, self.pictures, self.relevant, self.rows
                ).mean()
        network.train()
        return " ".join(f"{name} {value:.3f}" for name, value in found.items())


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--steps", type=int, default=2500)
    arguments.add_argument("--pool", type=int, default=60000)
    options = arguments.parse_args()
    torch.manual_seed(6)
    np.random.seed(6)
    pool, validation, network = Compositions(options.pool, 6), Validation(), AttentionFusion()
    log_scale = nn.Parameter(torch.tensor(25.0).log())
    optimizer = torch.optim.AdamW([*network.parameters(), log_scale], 1e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, 1.5e-3, options.steps, pct_start=0.05)
    start = time.time()
    for step in range(1, options.steps + 1):
        words, pictures, gallery, target = pool.batch(256)
        q = network(words, pictures, even(len(words)))
        loss = soft_loss(log_scale.exp().clamp(max=60) * q @ gallery.T, normalised(target))
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        schedule.step()
        if step % 250 == 0:
            print(
                f"step {step} loss {loss.item():.3f} {time.time() - start:.0f} s: {validation.line(network)}",
                flush=True,
            )
    torch.save({"network": network.state_dict()}, RUNS / "attention.partial")
    (RUNS / "attention.partial").rename(RUNS / "attention.pt")


if __name__ == "__main__":
    main()
