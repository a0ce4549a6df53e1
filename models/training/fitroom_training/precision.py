"""Stage `precision`: the cost of 8-bit weights. It compares the exported bundle with its checkpoints on the same rows.

It prints a table for the README. Catalogs have only pictures. Results come from vectors and logits without the server's
ranking; `fitroom evaluate` measures the bundle as served.
"""
from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass

import numpy as np
import torch

from .data import SERVED_PX, load_set
from .full_precision import FullPrecision
from .labels import label_rows
from .paths import BUNDLE
from .phrases import Lexicon
from .retrieval import asked_categories, precision_at_10, title_recall_at_10
from .serving import Bundle

OUTPUTS = {"category": "category, all labels", "garmentType": "ten try-on types", "color": "colour, 46 labels"}
LANGUAGES = {"en": "English", "zh": "Chinese"}
# 8 bits keep the cosine above .999; encoders of two trainings differ more
LEAST_COSINE = 0.99


class Split:
    """The products of a split: titles, pixels, label indices, and a word for each requested category."""

    def __init__(self, name: str, limit: int | None) -> None:
        rows, pixels = load_set(f"products-{name}", SERVED_PX)
        self.name, self.pixels = name, pixels[:limit]
        self.titles = [row["title"] for row in rows[:limit]]
        self.labels = label_rows(rows[:limit])
        entries = Lexicon().categories
        self.words = {
            language: [entries[c][language][0] for c in asked_categories(self.labels)] for language in LANGUAGES
        }


@dataclass
class Answers:
    """Embeddings of a split in one precision: unit [rows, 256], logits [rows, labels] by picture alone, and the
    words of the requested categories, unit [categories, 256] per language."""

    pictures: np.ndarray
    titles: np.ndarray
    logits: dict[str, np.ndarray]
    words: dict[str, np.ndarray]


def answers(encoders: Bundle | FullPrecision, split: Split) -> Answers:
    pictures = encoders.embed_pictures(split.pixels)
    words = {language: encoders.embed_texts(texts) for language, texts in split.words.items() if texts}
    return Answers(pictures, encoders.embed_texts(split.titles), encoders.logits(None, pictures), words)


def outcomes(found: Answers, labels: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Returns figure -> values in 0..1, one per row or request. Rows with a label that the head lacks are left out."""
    figures = {}
    for output, label in OUTPUTS.items():
        known = labels[output] >= 0
        right = found.logits[output][known].argmax(1) == labels[output][known]
        figures[f"{label}, by picture"] = right.astype(float)
    pictures = torch.from_numpy(found.pictures)
    figures["title → its picture, R@10"] = title_recall_at_10(torch.from_numpy(found.titles), pictures)
    relevant = torch.from_numpy(labels["category"][None] == np.array(asked_categories(labels))[:, None])
    for language, words in found.words.items():
        name = f"category words → picture, P@10, {LANGUAGES[language]}"
        figures[name] = precision_at_10(torch.from_numpy(words), pictures, relevant)
    return figures


def require_same_training(full: Answers, small: Answers) -> dict[str, float]:
    """Returns the mean cosine between the two precisions. Stops the stage if the bundle has other weights."""
    found = {}
    for part in ("pictures", "titles"):
        cosine = float((getattr(full, part) * getattr(small, part)).sum(1).mean())
        if cosine < LEAST_COSINE:
            sys.exit(f"{part}: cosine {cosine:.3f}. The bundle was exported from other checkpoints than runs/ holds.")
        found[part] = cosine
    return found


Pair = tuple[dict[str, np.ndarray], dict[str, np.ndarray]]


def table(measured: dict[str, Pair]) -> str:
    """Returns a Markdown table: split -> values in 32 and in 8 bits, next to each other."""
    splits = " · ".join(measured)
    lines = [f"| figure ({splits}) | 32 bits | 8 bits | points | rows |", "| --- | --- | --- | --- | --- |"]
    first, *others = (full for full, _ in measured.values())
    for name in (name for name in first if all(name in other for other in others)):
        full, small = ([pair[i][name].mean() for pair in measured.values()] for i in (0, 1))
        cells = [
            [f"{value:.3f}" for value in full],
            [f"{value:.3f}" for value in small],
            [f"{100 * (b - a):+.2f}" for a, b in zip(full, small, strict=True)],
            [str(len(outcome[name])) for outcome, _ in measured.values()],
        ]
        lines.append(f"| {name} | {' | '.join(' · '.join(cell) for cell in cells)} |")
    return "\n".join(lines)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rows", type=int, help="use only this many rows of each split, for a quick run")
    limit = arguments.parse_args().rows
    full, small = FullPrecision(), Bundle(BUNDLE)
    measured = {}
    for split in (Split(name, limit) for name in ("val", "test")):
        found = answers(full, split), answers(small, split)
        cosines = require_same_training(*found)
        print(split.name, *(f"{part}: mean cosine {value:.5f}" for part, value in cosines.items()), flush=True)
        measured[split.name] = tuple(outcomes(one, split.labels) for one in found)
    print(table(measured))


if __name__ == "__main__":
    main()
