"""Fusion weights and halves, chosen on val by the precision of the results. Part of the stage `calibrate`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .retrieval import swap_relevance, swaps
from .serving import unit
from .val_split import Val


def precision(scores: np.ndarray, relevant: np.ndarray) -> float:
    """Returns the mean nP@10 over requests with at least one relevant garment; scores and relevant [requests,
    garments]."""
    top = np.argpartition(-scores, 10, axis=1)[:, :10]
    hits = np.take_along_axis(relevant, top, 1).sum(1)
    counts = relevant.sum(1)
    return float((hits / np.minimum(10, np.maximum(counts, 1)))[counts > 0].mean())


def pair(a: float) -> dict[str, float]:
    """Returns (a, b) with a² + b² = 1, in the format of the manifest."""
    return {"text": round(float(a), 3), "image": round(float((1 - a * a) ** 0.5), 3)}


def fit_halves(val: Val, relevant: np.ndarray) -> dict[str, dict[str, float]]:
    """Returns the weight of the garments' text for each request kind; "both" is chosen together with its weights.

    Text alone is chosen by descriptions. A picture alone is chosen by garments of its type and color, among pairs for
    which at least 99 % of garments are the first result for their own picture: shoppers notice a miss there first.
    """
    alike = (val.labels["category"][:, None] == val.labels["category"]) & (
        val.labels["color"][:, None] == val.labels["color"]
    )
    np.fill_diagonal(alike, False)
    words, pictures = val.words @ val.titles.T, val.words @ val.pictures.T
    across, same = val.pictures @ val.titles.T, val.pictures @ val.pictures.T
    own = np.arange(len(same))

    def by_picture(a: float) -> float:
        scores = a * across + (1 - a * a) ** 0.5 * same
        # identical pictures of several garments tie, and each of them counts as found
        found = (scores[own, own] >= scores.max(1) - 1e-6).mean()
        scores[own, own] = -9
        print(f"halves of a picture, text {a:.2f}: own garment first {found:.3f}, similar {precision(scores, alike):.3f}")
        return precision(scores, alike) if found >= 0.99 else -1 + found

    grid = np.arange(0.0, 0.86, 0.05)
    text = max(grid, key=lambda a: precision(a * words + (1 - a * a) ** 0.5 * pictures, relevant))
    return {"text": pair(text), "image": pair(max(grid, key=by_picture)), "both": pair(0.6)}


def fit_fusion(val: Val) -> dict:
    """Returns the halves for text alone and for pictures alone, the weights of each method, and the best method."""
    relevant = np.stack([val.relevant(p) for p in val.phrases])
    fusion, composed = val.bundle.manifest["fusion"], Composed(val, relevant)
    halves = fit_halves(val, relevant)
    average, halves["both"], by_average = fit_average(composed)
    attention, by_attention = fit_attention(composed)
    print(f"changes + half of descriptions: weighted average {by_average:.3f}, attention {by_attention:.3f}")
    weights = {"WEIGHTED_AVERAGE": average, "CONCATENATION": fit_concatenation(val, relevant), "ATTENTION": pair_even()}
    default = "ATTENTION" if by_attention > by_average else "WEIGHTED_AVERAGE"
    return {
        **fusion, "default": default, "halves": halves, "weights": weights,
        "attention": {**fusion["attention"], "halves": attention},
    }  # fmt: skip


def pair_even() -> dict[str, float]:
    return {"text": 0.5, "image": 0.5}


class Composed:
    """Val requests with both modalities: "in red" with a picture, and descriptions with the picture that they
    describe."""

    def __init__(self, val: Val, relevant: np.ndarray) -> None:
        self.val, self.relevant = val, relevant
        color_swaps = swaps(val.labels)
        self.rows = np.array([row for row, _ in color_swaps])
        names = [val.lexicon.words["color"][c]["en" if i % 2 else "zh"][0] for i, (_, c) in enumerate(color_swaps)]
        texts = [("in {}" if i % 2 else "换成{}").format(n) for i, n in enumerate(names)]
        self.changes = val.bundle.embed_texts(texts)
        self.wanted = swap_relevance(val.labels, color_swaps).numpy()

    def value(self, fuse: Callable[[np.ndarray, np.ndarray], np.ndarray], a: float) -> float:
        """Returns nP@10 of changes plus half of that of descriptions; `fuse` computes q, and the garments' text has
        the weight `a`."""
        val, b = self.val, (1 - a * a) ** 0.5

        def found(q: np.ndarray, rows: np.ndarray, relevant: np.ndarray) -> float:
            scores = a * q @ val.titles.T + b * q @ val.pictures.T
            scores[np.arange(len(rows)), rows] = -9
            return precision(scores, relevant)

        changed = found(fuse(self.changes, val.pictures[self.rows]), self.rows, self.wanted)
        return changed + 0.5 * found(fuse(val.words, val.pictures[val.about]), val.about, self.relevant)


def fit_average(composed: Composed) -> tuple[dict[str, float], dict[str, float], float]:
    """Returns (weights, halves of a request with both modalities, value) of the weighted average."""
    choices = [(w, a) for w in np.arange(0.4, 0.76, 0.05) for a in (0.3, 0.45, 0.6, 0.71, 0.8)]
    values = [composed.value(lambda t, i, w=w: unit(w * t + (1 - w) * i), a) for w, a in choices]
    weight, a = choices[int(np.argmax(values))]
    weight = round(float(weight), 3)
    return {"text": weight, "image": round(1 - weight, 3)}, pair(a), max(values)


def fit_attention(composed: Composed) -> tuple[dict[str, float], float]:
    """Returns (halves, value) of the trained network at equal weights."""
    grid = (0.0, 0.3, 0.45, 0.6, 0.71, 0.8)
    values = [composed.value(composed.val.bundle.attend, a) for a in grid]
    return pair(grid[int(np.argmax(values))]), max(values)


def fit_concatenation(val: Val, relevant: np.ndarray) -> dict[str, float]:
    words, pictures = val.words @ val.titles.T, val.pictures[val.about] @ val.pictures.T
    own = np.arange(len(val.about)), val.about
    words[own], pictures[own] = -9, -9
    weight = round(
        float(max(np.arange(0.3, 0.71, 0.05), key=lambda w: precision(w * words + (1 - w) * pictures, relevant))), 3
    )
    return {"text": weight, "image": round(1 - weight, 3)}
