"""Texts about each training product, embedded once by a released bundle: the targets of the picture training.

The embeddings are cached in runs/locked-words.pt. The text encoder does not change while pictures train (locked-text
tuning, Zhai et al. 2022), so it costs nothing per step.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import torch

from .paths import RUNS
from .phrases import Lexicon, PhraseMaker
from .serving import Bundle
from .word_targets import Targets

VARIANTS = ("title", "title", "en", "zh")  # per product: two variants of its title, two filled templates


class LockedWords:
    """Draws one phrase for each of some products; rows are positions in `rows`."""

    def __init__(self, rows: list[dict], bundle: Path) -> None:
        maker = PhraseMaker(rows, Lexicon(), 23)
        self.phrases = [
            maker.title(i) if variant == "title" else maker.template("garment", i, variant)
            for variant in VARIANTS
            for i in range(len(rows))
        ]
        self.count = len(rows)
        self.targets = Targets(maker.labels, maker.attributes, maker.titles)
        self.embedded = self.embed(bundle)

    def embed(self, bundle: Path) -> torch.Tensor:
        """Returns unit embeddings [variants * rows, 256], from the cache if it has exactly these phrases."""
        path, texts = RUNS / "locked-words.pt", [phrase.text for phrase in self.phrases]
        if path.exists():
            saved = torch.load(path)
            if saved["texts"] == texts:
                return saved["embedded"]
        embedded = torch.from_numpy(Bundle(bundle).embed_texts(texts))
        torch.save({"texts": texts, "embedded": embedded}, path)
        return embedded

    def draw(self, rows: np.ndarray) -> tuple[torch.Tensor, torch.Tensor]:
        """Maps rows [b] to one phrase embedding each [b, 256] and to how well each row fits each phrase, float [b,
        b]."""
        picked = rows + self.count * np.random.randint(len(VARIANTS), size=len(rows))
        target = np.stack([self.targets.row(self.phrases[i], rows) for i in picked])
        return self.embedded[torch.from_numpy(picked)], torch.from_numpy(target)
