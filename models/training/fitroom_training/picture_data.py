"""Batches of the picture training: sources, their shares and their labels."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

import numpy as np
import torch

from .augment import View, augmented
from .data import CACHE, CROP_PX, SERVED_PX, load_set
from .labels import label_rows


@dataclass
class Batch:
    """Pixels float [b, 3, s, s]; labels int64 [b] per output; product = index of the title or -1, [b]."""

    pixels: torch.Tensor
    labels: dict[str, torch.Tensor]
    product: np.ndarray


class Source:
    """One cached set with its labels and the probability of drawing each row."""

    def __init__(self, name: str, px: int, product_ids: dict[str, int]) -> None:
        self.rows, self.pixels = load_set(name, px)
        self.labels = label_rows(self.rows)
        self.product = np.array([product_ids.get(row.get("id"), -1) for row in self.rows])
        copies = np.array([row["copies"] for row in self.rows])
        field = self.labels["category"] if (self.labels["category"] >= 0).any() else self.labels["garmentType"]
        counts = Counter(field.tolist())
        rare = np.array([counts[value] for value in field.tolist()], float) ** -0.5
        even = 1 / np.sqrt(copies)
        self.chance = 0.5 * even / even.sum() + 0.5 * rare * even / (rare * even).sum()

    def draw(self, count: int, view: View) -> tuple[torch.Tensor, np.ndarray]:
        picked = np.random.choice(len(self.rows), count, p=self.chance)
        pixels = torch.from_numpy(np.stack([self.pixels[i] for i in picked]))
        return augmented(pixels, view), picked


class Mixture:
    """Products, their larger pictures, photos taken at home and (if they exist) drawn garments, in fixed shares of a
    batch."""

    def __init__(self) -> None:
        rows, drawn = load_set("products-train", SERVED_PX)[0], []
        if (CACHE / "drawn-train.jsonl").exists():
            drawn = load_set("drawn-train", CROP_PX)[0]
        ids = {row["id"]: i for i, row in enumerate([*rows, *drawn])}
        self.rows = [*rows, *drawn]  # rows that have text
        self.sources = [(Source("products-train", SERVED_PX, ids), 0.74, 0.25)]
        self.sources.append((Source("hires-train", CROP_PX, ids), 0.12, 0.45))
        self.sources.append((Source("home-train", CROP_PX, {}), 0.14, 0.0))
        if drawn:
            self.sources.append((Source("drawn-train", CROP_PX, ids), 0.05, 0.2))

    def batch(self, count: int, size: int, gentle: bool = False) -> Batch:
        pixels, labels, product = [], [], []
        for source, share, paste in self.sources:
            drawn, picked = source.draw(round(count * share), View(size, paste, gentle))
            pixels.append(drawn)
            labels.append({name: values[picked] for name, values in source.labels.items()})
            product.append(source.product[picked])
        joined = {name: torch.from_numpy(np.concatenate([part[name] for part in labels])) for name in labels[0]}
        return Batch(torch.cat(pixels), joined, np.concatenate(product))
