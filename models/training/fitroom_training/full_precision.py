"""The bundle before its weights became 8-bit: the checkpoints, with the interface of serving.Bundle."""

from __future__ import annotations

import numpy as np
import torch

from .features import load_pictures
from .fusion_head import load_head
from .pictures import embed
from .serving import side_by_side
from .text_encoder import embed_texts, load_words
from .vocabulary import tie_traditional


class FullPrecision:
    """Both encoders and the head with 32-bit weights."""

    def __init__(self) -> None:
        self.pictures, (self.text, self.tokenizer) = load_pictures().encoder, load_words()
        self.head = load_head()
        with torch.no_grad():
            tie_traditional(self.tokenizer, self.text.words.weight)

    def embed_texts(self, texts: list[str]) -> np.ndarray:
        """Maps strings to float32 [n, 256] of unit length."""
        return embed_texts(self.text, self.tokenizer, texts).numpy()

    def embed_pictures(self, pixels: np.ndarray) -> np.ndarray:
        """Maps uint8 [n, S, S, 3] to float32 [n, 256] of unit length."""
        return embed(self.pictures, pixels, pixels.shape[1]).numpy()

    @torch.no_grad()
    def logits(self, words: np.ndarray | None, pictures: np.ndarray | None) -> dict[str, np.ndarray]:
        """Maps halves [n, 256], of which one may be None, to logits per output."""
        found = self.head(torch.from_numpy(side_by_side(words, pictures)))
        return {name: value.numpy() for name, value in found.items()}
