"""Targets of the text training: which training pictures fit a phrase, and which blocks of the embedding it should
use."""

from __future__ import annotations

import numpy as np
import torch

from .labels import color_families, label_sets
from .losses import normalised
from .phrases import Phrase
from .picture_encoder import BLOCKS


class Targets:
    """How well each gallery picture fits each phrase: 1 = all named labels, less for similar colors and Unisex."""

    def __init__(self, labels: dict[str, np.ndarray], attributes: np.ndarray, titles: list[str]) -> None:
        self.labels, self.attributes = labels, attributes
        names = {title.lower(): i for i, title in enumerate(dict.fromkeys(titles))}
        self.names = np.array([names[title.lower()] for title in titles])
        colors, families = label_sets()["color"], color_families()
        same = np.array([[families[a] == families[b] for b in colors] for a in colors])
        self.color = np.pad(np.where(np.eye(len(colors)), 1.0, 0.12 * same), ((0, 0), (0, 1)))
        genders = len(label_sets()["gender"])
        self.gender = np.pad(np.eye(genders), ((0, 0), (0, 1)))
        self.gender[:2, label_sets()["gender"].index("Unisex")] = 0.25
        self.gender[:, -1] = 0.3  # unknown

    def row(self, phrase: Phrase, rows: np.ndarray) -> np.ndarray:
        """Returns float32 [rows]. For a title, its own row has 1 and garments of its type, color and gender .25
        (type, color .1)."""
        fits = np.ones(len(rows))
        if phrase.categories:
            fits *= np.isin(self.labels["category"][rows], phrase.categories)
        if phrase.row >= 0:
            kind = fits * (self.labels["color"][rows] == phrase.color)
            graded = 0.08 * kind + 0.12 * kind * (self.labels["gender"][rows] == phrase.gender)
            return np.where(self.names[rows] == self.names[phrase.row], 1.0, graded).astype(np.float32)
        if phrase.color >= 0:
            fits *= self.color[phrase.color, self.labels["color"][rows]]
        if phrase.gender >= 0:
            fits *= self.gender[phrase.gender, self.labels["gender"][rows]]
        if phrase.usage >= 0:
            fits *= self.labels["usage"][rows] == phrase.usage
        if phrase.attribute >= 0:
            fits *= self.attributes[rows, phrase.attribute]
        return fits.astype(np.float32)


def gate_loss(words: torch.Tensor, phrases: list[Phrase]) -> torch.Tensor:
    """Returns the cross-entropy between the blocks' shares of the squared length and the labels that a template names:
    "in blue" is only color.

    Titles are not constrained. Without this loss the style block gets a part of everything (measured: 62 % of "in
    blue"), and composition fails.
    """
    named = torch.tensor([[bool(p.categories), 0.8 * (p.color >= 0), style_share(p)] for p in phrases])
    named = named * torch.tensor([p.row < 0 for p in phrases])[:, None]
    shares = torch.stack([part.square().sum(1) for part in words.split(list(BLOCKS.values()), 1)], 1)
    return -(normalised(named) * shares.clamp(min=1e-4).log()).sum(1).mean()


def style_share(phrase: Phrase) -> float:
    return 0.3 * (phrase.gender >= 0) + 0.3 * (phrase.usage >= 0) + 0.5 * (phrase.attribute >= 0)
