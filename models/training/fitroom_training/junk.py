"""Junk text and pictures, which the head learns to classify as unknown.

Text is sentences about other topics and nonsense. Pictures are noise, surfaces and shuffled photographs.
"""

from __future__ import annotations

import random

import numpy as np
import torch
from torch.nn import functional as F

from .labels import read_lexicon

EMOJI = "😀🎉🔥❤🐶🌧🚀🍕⚽🎸👍🙏💯✨"


def junk_text(chooser: random.Random, held_out: bool = False) -> str:
    """Returns a sentence, its words shuffled with another's, random letters, emoji, digits or punctuation. Every
    fifth sentence is held out for calibration."""
    sentences = read_lexicon("junk")["sentences"]
    sentences = sentences[::5] if held_out else [s for i, s in enumerate(sentences) if i % 5]
    sentence, roll = chooser.choice(sentences), chooser.random()
    if roll < 0.5:
        return sentence
    if roll < 0.68:
        words = (sentence + " " + chooser.choice(sentences)).split()
        chooser.shuffle(words)
        return " ".join(words[:6])
    if roll < 0.9:
        letters = "abcdefghijklmnopqrstuvwxyz     0123456789"
        return "".join(chooser.choice(letters) for _ in range(chooser.randint(3, 24)))
    if roll < 0.95:
        return "".join(chooser.choice(EMOJI) for _ in range(chooser.randint(1, 6)))
    return "".join(chooser.choice("?!.,-_=/ 0123456789") for _ in range(chooser.randint(1, 12)))


def shuffled_patches(pixels: torch.Tensor, side: int) -> torch.Tensor:
    """Cuts float [n, 3, s, s] into side x side patches and shuffles them: the texture of a photograph without its
    object."""
    n, _, s, _ = pixels.shape
    s = s // side * side
    patches = F.unfold(pixels[:, :, :s, :s], side, stride=side)
    patches = torch.stack([patch[:, torch.randperm(patch.shape[1])] for patch in patches])
    whole = F.fold(patches, (s, s), side, stride=side)
    return F.interpolate(whole, (pixels.shape[2], pixels.shape[2]), mode="bilinear").view(n, 3, *pixels.shape[2:])


def junk_pictures(count: int, px: int, photographs: np.ndarray) -> np.ndarray:
    """Returns uint8 [count, px, px, 3]: noise, plain and shaded surfaces, blobs, stripes, and shuffled patches of
    `photographs`."""
    each = count // 6
    noise = torch.rand(each, 3, px, px) * 255
    plain = (torch.rand(each, 3, 1, 1) * 255).expand(-1, -1, px, px) + torch.randn(each, 1, px, px) * 3
    blobs = F.interpolate(torch.rand(each, 3, 5, 5) * 255, (px, px), mode="bicubic")
    ramps = F.interpolate(torch.rand(each, 3, 2, 2) * 255, (px, px), mode="bilinear")
    ramps = ramps + 40 * torch.sin(torch.arange(px) * (0.05 + torch.rand(each, 1, 1, 1)))
    picked = np.random.choice(len(photographs), count - 4 * each)
    photos = torch.from_numpy(np.stack([photographs[i] for i in picked])).permute(0, 3, 1, 2).float()
    photos = F.interpolate(photos, (px, px), mode="bilinear", antialias=True)
    torn = [shuffled_patches(part, side) for part, side in zip(photos.chunk(2), (px // 8, px // 16), strict=True)]
    whole = torch.cat([noise, plain, blobs, ramps, *torn]).clamp(0, 255)
    return whole.permute(0, 2, 3, 1).to(torch.uint8).numpy()
