"""Stage `contributions`: chooses on val how much category and color add to a score, and prints the table.

The result is copied by hand into src/domain/recommend/ranking.ts. Catalogs have only pictures. Label similarity is
Σ√(p·q), as in src/domain/recommend/label.similarity.ts.
"""

from __future__ import annotations

import numpy as np

from .fusion_choice import precision
from .paths import BUNDLE
from .phrases import PhraseMaker
from .retrieval import asked_categories, swap_relevance, swaps
from .serving import Bundle
from .val_split import Val

GRID = [(t, c, k) for t in (0, 0.2, 0.5) for c in (0, 0.15, 0.3, 0.5) for k in (0, 0.2, 0.35, 0.5, 0.75)]


class Question:
    """Requests of one kind: products with all pictures, square-root probabilities (or None), and relevant garments."""

    def __init__(self, product: np.ndarray, signals: dict[str, np.ndarray | None], relevant: np.ndarray) -> None:
        self.product, self.signals, self.relevant = product, signals, relevant
        self.own: np.ndarray | None = None

    def leaving_out(self, own: np.ndarray) -> Question:
        """Excludes each request's own garment from the catalog and returns the requests."""
        self.own = own
        return self

    def precision(self, weights: dict[str, float], garments: dict[str, np.ndarray]) -> float:
        scores = self.product.copy()
        for name, weight in weights.items():
            if self.signals.get(name) is not None:
                scores += weight * self.signals[name] @ garments[name].T
        if self.own is not None:
            scores[np.arange(len(self.own)), self.own] = -9
        return precision(scores, self.relevant)


def signals(bundle: Bundle, words: np.ndarray | None, pictures: np.ndarray | None) -> dict[str, np.ndarray]:
    """Returns the signals that the server compares: √p of category and color, and p(type) · p(one of the ten types)."""
    found = bundle.probabilities(words, pictures)
    labels, kinds = bundle.manifest["head"]["labels"]["category"], bundle.manifest["categoryToGarmentType"]
    tryable = found["category"][:, [name in kinds for name in labels]].sum(1, keepdims=True)
    fits = {name: np.sqrt(found[name]) for name in ("category", "color")}
    return {"type": found["garmentType"] * tryable, **fits}


def questions(val: Val) -> dict[str, Question]:
    bundle, labels = val.bundle, val.labels
    seen = signals(bundle, None, val.pictures)
    alike = (labels["category"][:, None] == labels["category"]) & (labels["color"][:, None] == labels["color"])
    np.fill_diagonal(alike, False)
    own = np.arange(len(val.rows))
    found = {"same type and colour": Question(val.pictures @ val.pictures.T, seen, alike).leaving_out(own)}
    categories = asked_categories(labels)
    relevant = labels["category"][None] == np.array(categories)[:, None]
    for language in ("en", "zh"):
        words = bundle.embed_texts([val.lexicon.categories[c][language][0] for c in categories])
        wanted_signals = {name: v for name, v in signals(bundle, words, None).items() if name != "color"}
        found[f"category words {language}"] = Question(words @ val.pictures.T, wanted_signals, relevant)
    asked_swaps = swaps(labels)
    rows = np.array([row for row, _ in asked_swaps])
    for language, phrase in (("en", "in {}"), ("zh", "换成{}")):
        texts = [phrase.format(val.lexicon.words["color"][c][language][0]) for _, c in asked_swaps]
        words = bundle.embed_texts(texts)
        shown = {name: seen[name][rows] for name in ("type", "category")}
        wanted_signals = {**shown, "color": signals(bundle, words, None)["color"]}
        wanted = swap_relevance(labels, asked_swaps).numpy()
        q = bundle.request(words, val.pictures[rows])
        found[f"composed {language}"] = Question(q @ val.pictures.T, wanted_signals, wanted).leaving_out(rows)
    maker = PhraseMaker(val.rows, val.lexicon, 5)
    known = np.flatnonzero((labels["category"] >= 0) & (labels["color"] >= 0) & alike.any(1))
    words = bundle.embed_texts([(maker.fill("{c} {t}", i, "en") or maker.fill("{t}", i, "en")).text for i in known])
    wanted_signals = signals(bundle, words, None)
    both = bundle.request(words, val.pictures[known])
    found["described, both"] = Question(both @ val.pictures.T, wanted_signals, alike[known]).leaving_out(known)
    found["described, words"] = Question(words @ val.pictures.T, wanted_signals, alike[known]).leaving_out(known)
    found["title"] = Question(
        val.titles @ val.pictures.T, signals(bundle, val.titles, None), np.eye(len(own), dtype=bool)
    )
    return found


def main() -> None:
    val = Val(Bundle(BUNDLE))
    garments, tasks = signals(val.bundle, None, val.pictures), questions(val)
    print("type category color | " + " | ".join(tasks))
    for kind, category, color in GRID:
        weights = {"type": kind, "category": category, "color": color}
        row = [question.precision(weights, garments) for question in tasks.values()]
        values = " ".join(f"{v:.3f}" for v in row)
        print(f"{kind:4} {category:8} {color:5} | {values} | mean {np.mean(row):.4f}", flush=True)


if __name__ == "__main__":
    main()
