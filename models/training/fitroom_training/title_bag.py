"""A bag-of-words tower that stands in for BERT while the pictures train: fast, and enough to say what titles mean.

Owns its vocabulary and network; knows nothing of pictures. It is not part of the bundle.
"""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from .picture_encoder import BLOCKS


class BlockHead(nn.Module):
    """Features [b, width] -> unit-length embedding [b, 256] whose blocks have learned magnitudes.

    The gate is a softmax over blocks, so that "in blue" can put its length into colour and say nothing on type.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.parts = nn.Linear(width, sum(BLOCKS.values()))
        self.gate = nn.Linear(width, len(BLOCKS))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        parts = self.parts(x).float().split(list(BLOCKS.values()), dim=1)
        shares = self.gate(x).float().softmax(1).clamp(min=1e-6).sqrt()
        return torch.cat([F.normalize(part, dim=1) * shares[:, i : i + 1] for i, part in enumerate(parts)], 1)


def words_of(text: str) -> list[str]:
    words = re.findall(r"[a-z0-9]+(?:['&.-][a-z0-9]+)*", text.lower().replace("t-shirt", "tshirt").replace("'s", ""))
    return words + [f"{a} {b}" for a, b in pairwise(words)]


class TitleBag(nn.Module):
    """Strings -> [n, 256]. Words and pairs of neighbours seen at least `least` times, summed and mixed."""

    def __init__(self, titles: list[str], width: int = 256, least: int = 3) -> None:
        super().__init__()
        counts = Counter(word for title in titles for word in set(words_of(title)))
        self.index = {word: i for i, word in enumerate(w for w, n in counts.items() if n >= least)}
        self.table = nn.EmbeddingBag(len(self.index) + 1, width, mode="sum", padding_idx=len(self.index))
        nn.init.normal_(self.table.weight, std=0.1)
        self.mix = nn.Sequential(nn.LayerNorm(width), nn.Linear(width, 512), nn.GELU(), nn.Dropout(0.1))
        self.head = BlockHead(512)

    def encode(self, text: str) -> np.ndarray:
        return np.array([self.index[w] for w in words_of(text) if w in self.index] or [len(self.index)], np.int64)

    def forward(self, encoded: list[np.ndarray], drop: float = 0.0) -> torch.Tensor:
        """Encoded strings -> embeddings; each word is left out with probability `drop` (brands must not carry all)."""
        kept = [words[np.random.rand(len(words)) >= drop] if drop else words for words in encoded]
        kept = [words if len(words) else full[:1] for words, full in zip(kept, encoded, strict=True)]
        offsets = np.cumsum([0] + [len(words) for words in kept[:-1]])
        bag = self.table(torch.from_numpy(np.concatenate(kept)), torch.from_numpy(offsets))
        return self.head(self.mix(bag))
