"""The val split embedded by the exported bundle, on which fusion and thresholds are chosen."""

from __future__ import annotations

import random

import numpy as np
import torch

from .data import SERVED_PX, load_set
from .junk import junk_pictures, junk_text
from .labels import label_rows
from .phrases import Lexicon, Phrase, PhraseMaker
from .serving import Bundle
from .shrink import shrunk


class Val:
    """The val split embedded by the bundle: titles, pictures, text requests, photos taken at home, junk."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle, self.lexicon = bundle, Lexicon()
        self.rows, _ = load_set("products-val", SERVED_PX)
        self.labels = label_rows(self.rows)
        self.pictures = self.embed("products-val")
        self.titles = bundle.embed_texts([row["title"] for row in self.rows])
        maker = PhraseMaker(self.rows, self.lexicon, 11)
        self.about = np.random.default_rng(11).permutation(len(self.rows))
        self.phrases = [maker.template("garment", i, "en" if k % 2 else "zh") for k, i in enumerate(self.about)]
        self.words = bundle.embed_texts([p.text for p in self.phrases])
        self.color_phrases = [maker.template("color", i, "en" if k % 2 else "zh") for k, i in enumerate(self.about)]
        self.color_words = bundle.embed_texts([p.text for p in self.color_phrases])
        px = bundle.manifest["image"]["size"]
        self.junk_pictures = bundle.embed_pictures(junk_pictures(300, px, load_set("hires-val", SERVED_PX)[1]))
        self.junk_words = bundle.embed_texts([junk_text(random.Random(i), held_out=True) for i in range(600)])
        self.home = self.embed("home-val")

    def embed(self, name: str) -> np.ndarray:
        """Returns a cached set's embeddings [rows, 256]; its pictures are reduced to the size that the bundle takes."""
        pixels, px = load_set(name, SERVED_PX)[1], self.bundle.manifest["image"]["size"]
        return self.bundle.embed_pictures(shrunk(pixels, px).to(torch.uint8).permute(0, 2, 3, 1).numpy())

    def relevant(self, phrase: Phrase) -> np.ndarray:
        """Returns bool [rows]: garments that have the labels named by the phrase."""
        fits = np.ones(len(self.rows), bool)
        if phrase.categories:
            fits &= np.isin(self.labels["category"], phrase.categories)
        for name in ("color", "gender", "usage"):
            if getattr(phrase, name) >= 0:
                fits &= self.labels[name] == getattr(phrase, name)
        return fits
