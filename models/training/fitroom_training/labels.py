"""Label sets in the order of the head's outputs, and metadata rows as label indices. A missing label is -1."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache

import numpy as np

from .data import SERVED_PX, load_set
from .paths import LEXICON

GARMENT_TYPES = ["DRESS", "HAT", "LONG_SLEEVE", "OUTERWEAR", "PANTS", "SHIRT", "SHOES", "SHORTS", "SKIRT", "T_SHIRT"]
HOME_LABELS = {
    "dress": "DRESS", "hat": "HAT", "longsleeve": "LONG_SLEEVE", "outwear": "OUTERWEAR", "pants": "PANTS",
    "shirt": "SHIRT", "shoes": "SHOES", "shorts": "SHORTS", "skirt": "SKIRT", "t-shirt": "T_SHIRT",
}  # fmt: skip
GENDERS = ["Men", "Women", "Boys", "Girls", "Kids", "Unisex"]
USAGES = ["Casual", "Sports", "Ethnic", "Formal", "Smart Casual", "Party", "Travel", "Home"]
CATEGORY_ROWS = 5  # an articleType with fewer training rows is not an output of the head
FIELDS = {"category": "articleType", "color": "baseColour", "gender": "gender", "usage": "usage", "sub": "subCategory"}


@cache
def read_lexicon(name: str) -> dict:
    return json.loads((LEXICON / f"{name}.json").read_text())


@cache
def category_to_type() -> dict[str, str]:
    return {category: kind for kind, names in read_lexicon("category-types").items() for category in names}


@cache
def color_families() -> dict[str, str]:
    return {color: family for family, colors in read_lexicon("color-families").items() for color in colors}


@cache
def label_sets() -> dict[str, list[str]]:
    """Returns output name -> labels in the order of the head. `sub` (subCategory) is used only in training."""
    rows, _ = load_set("products-train", SERVED_PX)
    categories = Counter(row["articleType"] for row in rows)
    return {
        "garmentType": GARMENT_TYPES,
        "category": sorted(name for name, n in categories.items() if name and n >= CATEGORY_ROWS),
        "color": sorted(color_families()),
        "gender": GENDERS,
        "usage": USAGES,
        "sub": sorted({row["subCategory"] for row in rows if row["subCategory"]}),
    }


def label_rows(rows: list[dict]) -> dict[str, np.ndarray]:
    """Maps metadata rows of any set to int64 [rows] per output. A photo taken at home has only a garmentType."""
    sets = {output: {name: i for i, name in enumerate(names)} for output, names in label_sets().items()}
    found = {
        output: np.array([sets[output].get(row.get(field), -1) for row in rows], np.int64)
        for output, field in FIELDS.items()
    }
    kinds = [category_to_type().get(row.get("articleType")) or HOME_LABELS.get(row.get("label")) for row in rows]
    found["garmentType"] = np.array([sets["garmentType"].get(kind, -1) for kind in kinds], np.int64)
    return found


@cache
def color_targets() -> np.ndarray:
    """Returns smoothed color targets float32 [46, 46]: .85 on the label, .15 over its family in proportion to
    √frequency."""
    rows, _ = load_set("products-train", SERVED_PX)
    names, families = label_sets()["color"], color_families()
    counts = Counter(row["baseColour"] for row in rows)
    target = np.eye(len(names), dtype=np.float32) * 0.85
    for i, name in enumerate(names):
        share = np.array([counts[other] ** 0.5 * (families[other] == families[name]) for other in names])
        target[i] += (0.15 * share / share.sum()).astype(np.float32)
    return target


@cache
def type_of_category() -> np.ndarray:
    """Returns category index -> index of one of the ten types or -1, int64 [categories]."""
    return np.array([
        GARMENT_TYPES.index(category_to_type()[name]) if name in category_to_type() else -1
        for name in label_sets()["category"]
    ])  # fmt: skip
