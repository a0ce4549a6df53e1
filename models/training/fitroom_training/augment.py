"""Random views of batches of pictures on the CPU, as one batched warp.

Color is a label, so the hue stays: gains differ between channels by at most 4 %.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import torch
from torch.nn import functional as F


def uniform(count: int, low: float, high: float) -> torch.Tensor:
    return torch.empty(count).uniform_(low, high)


@dataclass
class View:
    """Settings of views: side in px, share of pictures that get another background, and minimum zoom of crops."""

    size: int
    paste: float = 0.0
    gentle: bool = False


def random_warp(count: int, least_zoom: float) -> torch.Tensor:
    """Returns affine maps [count, 2, 3]: zoom 1/1.1 to 1/least (log-uniform), aspect ±12 %, rotation ±18° for half,
    flip, shift."""
    zoom = torch.exp(uniform(count, math.log(least_zoom), math.log(1.1)))
    aspect = torch.exp(uniform(count, -0.12, 0.12))
    angle = uniform(count, -0.32, 0.32) * (torch.rand(count) < 0.5)
    flip = torch.where(torch.rand(count) < 0.5, -1.0, 1.0)
    room = (1.05 - zoom).clamp(min=0.05)
    cos, sin = torch.cos(angle) * zoom, torch.sin(angle) * zoom
    theta = torch.zeros(count, 2, 3)
    theta[:, 0, 0], theta[:, 0, 1], theta[:, 0, 2] = cos * flip * aspect, -sin, uniform(count, -1, 1) * room
    theta[:, 1, 0], theta[:, 1, 1], theta[:, 1, 2] = sin * flip, cos / aspect, uniform(count, -1, 1) * room
    return theta


def tint(x: torch.Tensor) -> torch.Tensor:
    """Changes brightness, contrast, saturation and, slightly, the white balance."""
    n = len(x)
    gain = uniform(n, 0.8, 1.15).view(n, 1, 1, 1) * torch.empty(n, 3, 1, 1).uniform_(0.98, 1.02)
    mean = x.mean((1, 2, 3), keepdim=True)
    x = (x - mean) * uniform(n, 0.85, 1.15).view(n, 1, 1, 1) + mean
    gray = x.mean(1, keepdim=True)
    return (gray + (x - gray) * uniform(n, 0.85, 1.1).view(n, 1, 1, 1)) * gain


def smooth_surface(count: int, h: int, w: int) -> torch.Tensor:
    """Returns smooth surfaces such as walls, tables and paper: [count, 3, h, w]."""
    coarse = torch.rand(count, 3, 1, 1) * 215 + 20 + torch.randn(count, 1, 4, 4) * 20 + torch.randn(count, 3, 4, 4) * 8
    return F.interpolate(coarse, (h, w), mode="bilinear") + torch.randn(count, 1, h, w) * 8


def clutter(x: torch.Tensor, count: int) -> torch.Tensor:
    """Returns clutter: a smooth surface with five hard-edged pieces of the batch's other pictures.

    Each piece is a disc cut by a line. It shows a random crop of any picture, tinted with a random color.
    """
    h, w = x.shape[2:]
    ground = smooth_surface(count, h, w)
    down, right = torch.meshgrid(torch.linspace(-1, 1, h), torch.linspace(-1, 1, w), indexing="ij")
    for _ in range(5):
        theta = torch.zeros(count, 2, 3)
        angle, zoom = uniform(count, -math.pi, math.pi), uniform(count, 0.15, 0.6)
        theta[:, 0, 0], theta[:, 0, 1], theta[:, 0, 2] = (
            zoom * angle.cos(),
            -zoom * angle.sin(),
            uniform(count, -0.5, 0.5),
        )
        theta[:, 1, 0], theta[:, 1, 1], theta[:, 1, 2] = (
            zoom * angle.sin(),
            zoom * angle.cos(),
            uniform(count, -0.5, 0.5),
        )
        grid = F.affine_grid(theta, [count, 3, h, w], align_corners=False)
        piece = F.grid_sample(x[torch.randint(len(x), (count,))], grid, padding_mode="reflection", align_corners=False)
        piece = piece * torch.empty(count, 3, 1, 1).uniform_(0.35, 1.2)
        across, along, reach = (uniform(count, *bounds).view(-1, 1, 1) for bounds in ((-1, 1), (-1, 1), (0.15, 0.7)))
        slope = uniform(count, -math.pi, math.pi).view(-1, 1, 1)
        side = (right - across) * slope.cos() + (down - along) * slope.sin()
        shown = ((right - across) ** 2 + (down - along) ** 2 < reach**2) & (side > -0.5 * reach)
        ground = torch.where(shown[:, None], piece, ground)
    return ground


def paste_on_background(x: torch.Tensor, share: float) -> torch.Tensor:
    """Replaces the background of a share of the pictures: the pixels within 14 levels of the corner color.

    The new background is a smooth surface or, with the same probability, clutter. A picture stays as it is if the
    background would be less than 15 % or more than 75 % of it (white garments, broken masks).
    """
    corner = x[:, :, :2, :2].mean((2, 3), keepdim=True)
    mask = ((x - corner).abs().amax(1, keepdim=True) < 14).float()
    cover = mask.mean((1, 2, 3))
    chosen = (torch.rand(len(x)) < share) & (cover > 0.15) & (cover < 0.75)
    if not chosen.any():
        return x
    n, (h, w) = int(chosen.sum()), x.shape[2:]
    busy = (torch.rand(n, 1, 1, 1) < 0.5).expand(n, 3, h, w)
    surface = torch.where(busy, clutter(x, n), smooth_surface(n, h, w))
    soft = F.avg_pool2d(mask[chosen], 3, 1, 1)
    x = x.clone()
    x[chosen] = x[chosen] * (1 - soft) + surface * soft
    return x


def degrade(x: torch.Tensor) -> torch.Tensor:
    """Blurs an eighth of the batch by downscaling and upscaling, adds noise to an eighth, and erases a rectangle in
    an eighth."""
    n, (h, w) = len(x) // 8, x.shape[2:]
    order = torch.randperm(len(x))
    x = x[order]
    small = F.interpolate(x[:n], scale_factor=float(uniform(1, 0.45, 0.8)), mode="bilinear", antialias=True)
    x[:n] = F.interpolate(small, (h, w), mode="bilinear")
    x[n : 2 * n] += torch.randn_like(x[n : 2 * n]) * 10
    top, left = int(torch.randint(0, h // 2, (1,))), int(torch.randint(0, w // 2, (1,)))
    x[2 * n : 3 * n, :, top : top + h // 3, left : left + w // 3] = torch.rand(n, 3, 1, 1) * 255
    restored = torch.empty_like(x)
    restored[order] = x
    return restored


def augmented(pixels: torch.Tensor, view: View) -> torch.Tensor:
    """Converts uint8 [b, h, w, 3] to float [b, 3, size, size] in 0..255."""
    x, size = pixels.permute(0, 3, 1, 2).float(), view.size
    if view.paste > 0:
        x = paste_on_background(x, view.paste)
    if x.shape[-1] > 1.3 * size:
        x = F.interpolate(x, (size * 5 // 4,) * 2, mode="bilinear", antialias=True)
    warp = random_warp(len(x), 0.8 if view.gentle else 0.6)
    grid = F.affine_grid(warp, [len(x), 3, size, size], align_corners=False)
    x = F.grid_sample(x, grid, mode="bilinear", padding_mode="border", align_corners=False)
    return degrade(tint(x)).clamp(0, 255)
