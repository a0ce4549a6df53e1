"""Stage `contributions`: how much category and colour should add to a score, chosen on val; prints the table.

Owns the search for src/domain/ranking.ts's weights; writes nothing, since they are the server's. Catalogs hold pictures
only. Fits are Σ√(p·q), as src/domain/label.fit.ts has them.
"""

from __future__ import annotations

import numpy as np

from .fusion_choice import precision
from .paths import BUNDLE
from .phrases import PhraseMaker
from .retrieval import asked_categories, swap_relevance, swaps
from .serving import Bundle
from .val_split import Val

GRID = [(c, k) for c in (0, 0.15, 0.25, 0.4, 0.6) for k in (0, 0.25, 0.35, 0.5, 0.75)]


class Question:
    """Requests of one kind: their product with every picture, what they ask for (√p or None), and what answers."""

    def __init__(self, product: np.ndarray, asked: dict[str, np.ndarray | None], relevant: np.ndarray) -> None:
        self.product, self.asked, self.relevant = product, asked, relevant
        self.own: np.ndarray | None = None

    def leaving_out(self, own: np.ndarray) -> Question:
        """The same without each request's own garment in the catalog."""
        self.own = own
        return self

    def precision(self, weights: dict[str, float], garments: dict[str, np.ndarray]) -> float:
        scores = self.product.copy()
        for name, weight in weights.items():
            if self.asked.get(name) is not None:
                scores += weight * self.asked[name] @ garments[name].T
        if self.own is not None:
            scores[np.arange(len(self.own)), self.own] = -9
        return precision(scores, self.relevant)


def questions(val: Val) -> dict[str, Question]:
    bundle, labels = val.bundle, val.labels
    seen = {name: np.sqrt(p) for name, p in bundle.probabilities(None, val.pictures).items()}
    alike = (labels["category"][:, None] == labels["category"]) & (labels["color"][:, None] == labels["color"])
    np.fill_diagonal(alike, False)
    own = np.arange(len(val.rows))
    found = {"same type and colour": Question(val.pictures @ val.pictures.T, seen, alike).leaving_out(own)}
    categories = asked_categories(labels)
    relevant = labels["category"][None] == np.array(categories)[:, None]
    for language in ("en", "zh"):
        words = bundle.embed_texts([val.lexicon.categories[c][language][0] for c in categories])
        asked = {"category": np.sqrt(bundle.probabilities(words, None)["category"])}
        found[f"category words {language}"] = Question(words @ val.pictures.T, asked, relevant)
    asked_swaps = swaps(labels)
    rows = np.array([row for row, _ in asked_swaps])
    for language, phrase in (("en", "in {}"), ("zh", "换成{}")):
        texts = [phrase.format(val.lexicon.words["color"][c][language][0]) for _, c in asked_swaps]
        words = bundle.embed_texts(texts)
        asked = {"category": seen["category"][rows], "color": np.sqrt(bundle.probabilities(words, None)["color"])}
        wanted = swap_relevance(labels, asked_swaps).numpy()
        q = bundle.request(words, val.pictures[rows])
        found[f"composed {language}"] = Question(q @ val.pictures.T, asked, wanted).leaving_out(rows)
    maker = PhraseMaker(val.rows, val.lexicon, 5)
    known = np.flatnonzero((labels["category"] >= 0) & (labels["color"] >= 0) & alike.any(1))
    words = bundle.embed_texts([(maker.fill("{c} {t}", i, "en") or maker.fill("{t}", i, "en")).text for i in known])
    asked = {name: np.sqrt(p) for name, p in bundle.probabilities(words, None).items()}
    both = bundle.request(words, val.pictures[known])
    found["described, both"] = Question(both @ val.pictures.T, asked, alike[known]).leaving_out(known)
    found["described, words"] = Question(words @ val.pictures.T, asked, alike[known]).leaving_out(known)
    return found


def main() -> None:
    val = Val(Bundle(BUNDLE))
    garments = {name: np.sqrt(p) for name, p in val.bundle.probabilities(None, val.pictures).items()}
    asked = questions(val)
    print("category color " + " | ".join(asked))
    for category, color in GRID:
        row = [question.precision({"category": category, "color": color}, garments) for question in asked.values()]
        print(f"{category:8} {color:5} " + " ".join(f"{v:.3f}" for v in row) + f"  mean {np.mean(row):.4f}", flush=True)


if __name__ == "__main__":
    main()
