"""Letterboxed squares at a smaller side, for encoders that take fewer pixels than the cache has.

The server letterboxes directly to that side, which gives nearly the same pixels.
"""

from __future__ import annotations

import numpy as np
import torch
from torch.nn import functional as F


def shrunk(pixels: np.ndarray, px: int) -> torch.Tensor:
    """Converts uint8 [n, s, s, 3] to whole numbers 0..255 as float [n, 3, px, px], unchanged if s = px."""
    squares = torch.from_numpy(np.ascontiguousarray(pixels)).permute(0, 3, 1, 2).float()
    if squares.shape[-1] == px:
        return squares
    return F.interpolate(squares, (px, px), mode="bicubic", antialias=True).clamp(0, 255).round()
