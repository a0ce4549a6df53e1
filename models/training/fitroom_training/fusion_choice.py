"""How words and picture are weighed: the fusion's weights and halves, chosen on val by what they find.

Owns those choices for the stage `calibrate`; reads the embedded val split, writes nothing.
"""

from __future__ import annotations

import numpy as np

from .retrieval import swap_relevance, swaps
from .serving import unit
from .val_split import Val


def precision(scores: np.ndarray, relevant: np.ndarray) -> float:
    """Mean nP@10 over requests with at least one relevant garment; scores and relevant [requests, garments]."""
    top = np.argpartition(-scores, 10, axis=1)[:, :10]
    hits = np.take_along_axis(relevant, top, 1).sum(1)
    counts = relevant.sum(1)
    return float((hits / np.minimum(10, np.maximum(counts, 1)))[counts > 0].mean())


def pair(a: float) -> dict[str, float]:
    """(a, b) with a² + b² = 1, as the manifest has them."""
    return {"text": round(float(a), 3), "image": round(float((1 - a * a) ** 0.5), 3)}


def fit_halves(val: Val, relevant: np.ndarray) -> dict[str, dict[str, float]]:
    """How much a request leans on garments' words, by what it consists of; "both" is chosen with its weights.

    Words alone: by what they describe. A picture alone: by garments of its type and colour, among those pairs under
    which at least 99 % of garments are the first that their own picture finds: a shopper notices nothing sooner.
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
        # identical pictures of several garments tie: each of them counts as found
        found = (scores[own, own] >= scores.max(1) - 1e-6).mean()
        scores[own, own] = -9
        print(f"halves of a picture, words {a:.2f}: itself first {found:.3f}, alike {precision(scores, alike):.3f}")
        return precision(scores, alike) if found >= 0.99 else -1 + found

    grid = np.arange(0.0, 0.86, 0.05)
    text = max(grid, key=lambda a: precision(a * words + (1 - a * a) ** 0.5 * pictures, relevant))
    return {"text": pair(text), "image": pair(max(grid, key=by_picture)), "both": pair(0.6)}


def fit_fusion(val: Val) -> dict:
    """Halves by words alone and pictures alone; then each method's weights by composition and by describing words."""
    relevant = np.stack([val.relevant(p) for p in val.phrases])
    fusion = val.bundle.manifest["fusion"]
    fusion["halves"] = fit_halves(val, relevant)
    average = fit_average(val, relevant)
    return {**fusion, "weights": {"WEIGHTED_AVERAGE": average, "CONCATENATION": fit_concatenation(val, relevant)}}


def fit_average(val: Val, relevant: np.ndarray) -> dict[str, float]:
    asked = swaps(val.labels)
    rows = np.array([row for row, _ in asked])
    names = [val.lexicon.words["color"][c]["en" if i % 2 else "zh"][0] for i, (_, c) in enumerate(asked)]
    changes = val.bundle.embed_texts([("in {}" if i % 2 else "换成{}").format(n) for i, n in enumerate(names)])
    wanted = swap_relevance(val.labels, asked).numpy()

    halves = val.bundle.manifest["fusion"]["halves"]

    def value(choice: tuple[float, float]) -> float:
        weight, halves["both"] = choice[0], pair(choice[1])
        fused = unit(weight * changes + (1 - weight) * val.pictures[rows])
        swapped = val.bundle.scores(fused, val.titles, val.pictures, "both")
        swapped[np.arange(len(rows)), rows] = -9
        fused = unit(weight * val.words + (1 - weight) * val.pictures[val.about])
        described = val.bundle.scores(fused, val.titles, val.pictures, "both")
        described[np.arange(len(val.about)), val.about] = -9
        return precision(swapped, wanted) + 0.5 * precision(described, relevant)

    weight, a = max(((w, a) for w in np.arange(0.4, 0.76, 0.05) for a in (0.45, 0.6, 0.71, 0.8)), key=value)
    weight, halves["both"] = round(float(weight), 3), pair(a)
    return {"text": weight, "image": round(1 - weight, 3)}


def fit_concatenation(val: Val, relevant: np.ndarray) -> dict[str, float]:
    words, pictures = val.words @ val.titles.T, val.pictures[val.about] @ val.pictures.T
    own = np.arange(len(val.about)), val.about
    words[own], pictures[own] = -9, -9
    weight = round(
        float(max(np.arange(0.3, 0.71, 0.05), key=lambda w: precision(w * words + (1 - w) * pictures, relevant))), 3
    )
    return {"text": weight, "image": round(1 - weight, 3)}
