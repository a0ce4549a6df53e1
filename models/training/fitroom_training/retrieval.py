"""Retrieval figures on a picture-only catalog, for training and the final evaluation. Embeddings have unit length,
[n, 256]."""

from __future__ import annotations

from collections import Counter

import numpy as np
import torch

LEAST_ROWS = 10  # only categories with at least ten rows in the split are queried


def asked_categories(labels: dict[str, np.ndarray]) -> list[int]:
    """Returns the categories with at least ten rows in the split, for which P@10 can reach 1."""
    counts = Counter(labels["category"].tolist())
    return sorted(c for c, n in counts.items() if c >= 0 and n >= LEAST_ROWS)


def precision_at_10(queries: torch.Tensor, pictures: torch.Tensor, relevant: torch.Tensor) -> np.ndarray:
    """Returns nP@10 per query: hits in the first ten ÷ min(10, relevant). [q, d], [p, d], bool [q, p] -> [q]."""
    top = (queries @ pictures.T).topk(10, dim=1).indices
    hits = relevant.gather(1, top).sum(1)
    return (hits / relevant.sum(1).clamp(min=1, max=10)).numpy()


def title_recall_at_10(titles: torch.Tensor, pictures: torch.Tensor) -> np.ndarray:
    """Returns 1 if a title's own picture is among the ten nearest, ties counted as misses. Title i belongs to
    picture i."""
    sims = titles @ pictures.T
    return (sims >= sims.diagonal()[:, None]).sum(1).le(10).float().numpy()


def swaps(labels: dict[str, np.ndarray], seed: int = 7) -> list[tuple[int, int]]:
    """Returns (row, new color) for garments of the ten types; their category has the new color in the split."""
    chooser = np.random.default_rng(seed)
    colors: dict[int, set[int]] = {}
    for category, color in zip(labels["category"], labels["color"], strict=True):
        colors.setdefault(int(category), set()).add(int(color))
    found = []
    for row in np.flatnonzero(labels["garmentType"] >= 0):
        others = sorted(colors[int(labels["category"][row])] - {int(labels["color"][row]), -1})
        if others:
            found.append((int(row), int(chooser.choice(others))))
    return found


def swap_relevance(labels: dict[str, np.ndarray], asked: list[tuple[int, int]]) -> torch.Tensor:
    """Returns bool [swaps, rows]: same category in the new color."""
    rows = np.array([row for row, _ in asked])
    same = labels["category"][rows][:, None] == labels["category"][None]
    return torch.from_numpy(same & (labels["color"][None] == np.array([c for _, c in asked])[:, None]))


def composed_precision(
    queries: torch.Tensor, pictures: torch.Tensor, relevant: torch.Tensor, rows: list[int]
) -> np.ndarray:
    """Returns nP@10 of composed queries. Each query's own garment is left out of the catalog."""
    sims = queries @ pictures.T
    sims[torch.arange(len(rows)), torch.tensor(rows)] = -2
    hits = relevant.gather(1, sims.topk(10, dim=1).indices).sum(1)
    return (hits / relevant.sum(1).clamp(min=1, max=10)).numpy()


def mixed(words: torch.Tensor, pictures: torch.Tensor, weight: float) -> torch.Tensor:
    """Returns the weighted average norm(weight · words + (1 − weight) · pictures), rows of unit length."""
    return torch.nn.functional.normalize(weight * words + (1 - weight) * pictures, dim=1)
