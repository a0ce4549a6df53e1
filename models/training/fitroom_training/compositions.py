"""Requests of a picture with text that changes it ("in red", "for women", "without stripes") or describes it.

The labels that the text names win; the picture supplies the others.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

import numpy as np

from .phrases import Phrase, PhraseMaker

KINDS = (("color", 0.46), ("slot", 0.18), ("without", 0.05), ("described", 0.19), ("other", 0.12))
SLOTS = ("category", "color", "gender", "usage")


@dataclass
class Composition:
    """A picture (row of the products), a phrase, and the wanted labels per slot (none = any label is fine) with the
    score of a garment that has another label; `attribute` = its index and whether the garment must have it."""

    row: int
    phrase: Phrase
    wanted: dict[str, tuple[list[int], float]]
    attribute: tuple[int, bool] | None = field(default=None)


class CompositionMaker:
    """Draws compositions about rows of one set of products."""

    def __init__(self, maker: PhraseMaker, seed: int) -> None:
        self.maker, self.labels, self.random = maker, maker.labels, random.Random(seed)
        self.by_category: dict[int, list[int]] = {}
        for row, category in enumerate(self.labels["category"].tolist()):
            self.by_category.setdefault(category, []).append(row)

    def draw(self, row: int) -> Composition:
        kind = self.random.choices([k for k, _ in KINDS], [w for _, w in KINDS])[0]
        language = self.random.choice(("en", "zh"))
        return getattr(self, kind)(row, language) or self.described(row, language)

    def of_row(self, row: int, slack: dict[str, float]) -> dict[str, tuple[list[int], float]]:
        """Returns the row's own labels as the wanted ones. A slot without `slack` may have any label."""
        return {
            name: ([int(self.labels[name][row])], slack[name])
            for name in SLOTS
            if name in slack and self.labels[name][row] >= 0
        }

    def sibling(self, row: int, differs: str) -> int | None:
        """Returns another garment of the row's category with a known and different label in one slot."""
        own, found = self.labels[differs][row], self.by_category[int(self.labels["category"][row])]
        for other in self.random.choices(found, k=12):
            if self.labels[differs][other] not in (-1, own):
                return other
        return None

    def color(self, row: int, language: str) -> Composition | None:
        other = self.sibling(row, "color")
        if other is None:
            return None
        phrase = self.maker.typed("color", other, language)
        wanted = self.of_row(row, {"category": 0.0, "gender": 0.4, "usage": 0.8})
        return Composition(row, phrase, {**wanted, "color": ([phrase.color], 0.0)})

    def slot(self, row: int, language: str) -> Composition | None:
        """Draws a request for another gender or usage, or with or without an attribute."""
        slot = self.random.choice(("gender", "usage", "attribute"))
        other = self.random.choice(self.by_category[int(self.labels["category"][row])]) if slot == "attribute" else None
        other = self.sibling(row, slot) if other is None else other
        if other is None:
            return None
        phrase = self.maker.typed("plain", other, language)
        wanted = self.of_row(row, {"category": 0.0, "color": 0.25})
        for name in ("color", "gender", "usage"):
            if getattr(phrase, name) >= 0:
                wanted[name] = ([getattr(phrase, name)], 0.0)
        return Composition(row, phrase, wanted, (phrase.attribute, True) if phrase.attribute >= 0 else None)

    def without(self, row: int, language: str) -> Composition | None:
        if not self.maker.attributes[row].any():
            return None
        phrase = self.maker.typed("without", row, language)
        if phrase.attribute < 0:
            return None
        wanted = self.of_row(row, {"category": 0.0, "color": 0.25, "gender": 0.5})
        return Composition(row, phrase, wanted, (phrase.attribute, False))

    def described(self, row: int, language: str) -> Composition:
        """Draws text about the garment in the picture: the labels that it names must fit, and the picture's type and
        color."""
        kind = self.random.choice(("garment", "garment", "expression", "title"))
        phrase = self.maker.title(row) if kind == "title" else self.maker.typed(kind, row, language)
        wanted = self.of_row(row, {"category": 0.0, "color": 0.15, "gender": 0.5, "usage": 0.8})
        return Composition(row, phrase, self.named(phrase, wanted))

    def other(self, row: int, language: str) -> Composition:
        """Draws text that names another garment. The text wins; the picture's color counts if the text names none."""
        other = self.random.choice(self.by_category[self.random.choice(list(self.by_category))])
        phrase = self.maker.typed("garment", other, language)
        return Composition(row, phrase, self.named(phrase, self.of_row(row, {"color": 0.3, "gender": 0.5})))

    def named(self, phrase: Phrase, wanted: dict) -> dict:
        own = wanted.get("category")
        if phrase.categories and not (own and own[0][0] in phrase.categories):
            wanted["category"] = (phrase.categories, 0.0)
        for name in ("color", "gender", "usage"):
            if phrase.row < 0 and getattr(phrase, name) >= 0:
                wanted[name] = ([getattr(phrase, name)], 0.0)
        return wanted

    def target(self, composition: Composition, rows: np.ndarray) -> np.ndarray:
        """Returns how well each of `rows` fits, float32 [rows], 0 to 1."""
        fits = np.ones(len(rows), np.float32)
        for name, (labels, slack) in composition.wanted.items():
            fits *= np.where(np.isin(self.labels[name][rows], labels), 1.0, slack)
        if composition.attribute:
            index, there = composition.attribute
            fits *= self.maker.attributes[rows, index] == there
        return fits
