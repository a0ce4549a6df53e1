"""Training samples of the head: pools of features with target distributions, and mixed batches drawn from them.

There are samples of text, picture, both, contradictions and junk. A missing half is zero. A slot that the text does not
name has a uniform target, so that a confident color means a named color.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator

import torch
from torch.nn import functional as F

from .data import CROP_PX, SERVED_PX, load_set
from .features import load_pictures, picture_features
from .junk import junk_pictures, junk_text
from .labels import label_rows, label_sets, type_of_category
from .outputs import KNOWN, OUTPUTS
from .phrases import Lexicon, Phrase, PhraseMaker
from .pictures import embed
from .text_encoder import embed_texts, load_words

MODES = (("both", 0.3), ("picture", 0.27), ("words", 0.3), ("clash", 0.1), ("junk", 0.06))


def one_hot(labels: torch.Tensor, count: int) -> torch.Tensor:
    """Maps labels [n] to float [n, count]; -1 becomes a row of zeros, which does not count."""
    return F.one_hot(labels.clamp(min=0), count).float() * (labels >= 0)[:, None]


class Samples:
    """Pools of features with target distributions [n, labels] per output. `draw` returns mixed batches."""

    def __init__(self, seed: int, tail: float) -> None:
        self.tail = tail
        self.sizes = {name: len(label_sets()[name]) for name in OUTPUTS} | {KNOWN: 2}
        self.lexicon, self.chooser = Lexicon(), random.Random(seed)
        rows, _ = load_set("products-train", SERVED_PX)
        self.maker = PhraseMaker(rows, self.lexicon, seed)
        self.color_words = [w for e in self.lexicon.words["color"].values() for w in e["en"] + e["zh"]]
        self.load_pictures(len(rows))
        self.load_words(rows)

    def load_pictures(self, count: int) -> None:
        """Loads products with the features of their larger pictures, then sets that have only pictures."""
        pictures = load_pictures()
        features = picture_features(pictures)
        labels = {name: torch.from_numpy(v) for name, v in self.maker.labels.items()}
        self.val = features["products-val"]
        self.views = torch.cat([features["products-train"][None], features["products-train/views"]])
        self.targets = {name: one_hot(labels[name], self.sizes[name]) for name in OUTPUTS}
        uniform = torch.full((self.sizes["garmentType"],), 0.3 / self.sizes["garmentType"])
        self.targets["garmentType"][labels["garmentType"] < 0] = uniform  # not one of the ten types: uniform target
        self.extra = []
        for name, px in (("home-train", CROP_PX), ("hires-train", CROP_PX), ("drawn-train", CROP_PX)):
            if name in features:
                views = features.get(f"{name}/views", features[name][None])
                found = {k: torch.from_numpy(v) for k, v in label_rows(load_set(name, px)[0]).items()}
                self.extra.append((torch.cat([features[name][None], views]), found))
        counts = torch.bincount(labels["category"] + 1)[labels["category"] + 1].float()
        self.chance = (1 - self.tail) / count + self.tail * counts.rsqrt() / counts.rsqrt().sum()
        photographs = load_set("hires-train", CROP_PX)[1]
        self.noise = embed(pictures.encoder, junk_pictures(1800, SERVED_PX, photographs), fast=True)

    def load_words(self, rows: list[dict]) -> None:
        """Draws a title variant per row, garment templates for half of the rows, templates for color and other
        labels, and junk."""
        encoder, tokenizer = load_words()
        n = len(rows)

        def drawn(kind: str, picked: list[int]) -> list[Phrase]:
            return [self.maker.typed(kind, i, self.chooser.choice(("en", "zh"))) for i in picked]

        self.titles = [self.maker.title(i) for i in range(n)]
        some = torch.multinomial(self.chance, n // 2, replacement=True).tolist()
        self.garment = drawn("garment", some) + drawn("expression", some[: n // 6])
        self.partial = drawn("color", some[: n // 5]) + drawn("plain", some[-n // 10 :])
        pools = (self.titles, self.garment, self.partial)
        self.words = [embed_texts(encoder, tokenizer, [p.text for p in pool], fast=True) for pool in pools]
        self.named = [self.named_targets(pool) for pool in pools]
        self.junk = embed_texts(encoder, tokenizer, [junk_text(self.chooser) for _ in range(3000)])
        print("words embedded", [len(w) for w in self.words], flush=True)

    def named_targets(self, pool: list[Phrase]) -> dict[str, torch.Tensor]:
        """Returns the targets of text alone, [pool, labels] per output."""
        found = {}
        for name in OUTPUTS:
            target = torch.stack([self.named_target(p, name) for p in pool])
            found[f"{name}_named"] = target.sum(1) > 0
            target[target.sum(1) == 0] = 1 / self.sizes[name]  # uniform target for labels that the text does not name
            found[name] = target
        return found

    def named_target(self, phrase: Phrase, name: str) -> torch.Tensor:
        target = torch.zeros(self.sizes[name])
        if phrase.row >= 0 and not (name == "color" and not self.says_color(phrase.text)):
            return self.targets[name][phrase.row]
        if name == "category" and phrase.categories:
            target[phrase.categories] = 1 / len(phrase.categories)
        elif name == "garmentType" and phrase.categories:
            kinds = set(type_of_category()[phrase.categories].tolist())
            if len(kinds) == 1 and -1 not in kinds:
                target[kinds.pop()] = 1
        elif name in ("color", "gender", "usage") and phrase.row < 0 and getattr(phrase, name) >= 0:
            target[getattr(phrase, name)] = 1
        return target

    def says_color(self, text: str) -> bool:
        lowered = text.lower()
        if not hasattr(self, "color_pattern"):
            latin = [re.escape(w) for w in self.color_words if w.isascii()]
            other = [re.escape(w) for w in self.color_words if not w.isascii() and len(w) > 1]
            self.color_pattern = re.compile(r"\b(?:" + "|".join(latin) + r")\b|" + "|".join(other))
        return self.color_pattern.search(lowered) is not None

    def batch(self, count: int) -> Iterator[tuple[torch.Tensor, dict[str, torch.Tensor]]]:
        """Yields one part per mode: (features [n, 512], targets per output)."""
        for mode, share in MODES:
            n = max(8, round(count * share))
            features, targets = getattr(self, f"{mode}_part")(n)
            yield features, {**targets, KNOWN: one_hot(torch.full((len(features),), int(mode != "junk")), 2)}

    def pictures_of(self, rows: torch.Tensor) -> torch.Tensor:
        return self.views[torch.randint(len(self.views), (len(rows),)), rows]

    def both_part(self, n: int):
        rows = torch.multinomial(self.chance, n, replacement=True)
        words = self.words[0][rows]
        return torch.cat([words, self.pictures_of(rows)], 1), {k: v[rows] for k, v in self.targets.items()}

    def picture_part(self, n: int):
        rows = torch.multinomial(self.chance, n, replacement=True)
        pictures = self.pictures_of(rows)
        return torch.cat([torch.zeros_like(pictures), pictures], 1), {k: v[rows] for k, v in self.targets.items()}

    def words_part(self, n: int):
        parts = [
            (pool, torch.randint(len(self.words[pool]), (m,))) for pool, m in ((0, n // 3), (1, n // 3), (2, n // 3))
        ]
        words = torch.cat([self.words[pool][rows] for pool, rows in parts])
        targets = {k: torch.cat([self.named[pool][k][rows] for pool, rows in parts]) for k in OUTPUTS}
        return torch.cat([words, torch.zeros_like(words)], 1), targets

    def clash_part(self, n: int):
        """Draws a picture with text about something else. The labels named by the text win; the picture supplies the
        others."""
        rows = torch.multinomial(self.chance, n, replacement=True)
        pool = 1 + int(torch.randint(2, (1,)))
        picked = torch.randint(len(self.words[pool]), (n,))
        targets = {}
        for name in OUTPUTS:
            named = self.named[pool][name][picked]
            targets[name] = named.where(self.named[pool][f"{name}_named"][picked][:, None], self.targets[name][rows])
        return torch.cat([self.words[pool][picked], self.pictures_of(rows)], 1), targets

    def junk_part(self, n: int):
        words = self.junk[torch.randint(len(self.junk), (n,))]
        pictures = self.noise[torch.randint(len(self.noise), (n,))]
        keep = torch.randint(3, (n, 1))
        features = torch.cat([words * (keep != 0), pictures * (keep != 1)], 1)
        return features, {name: torch.full((n, self.sizes[name]), 1 / self.sizes[name]) for name in OUTPUTS}
