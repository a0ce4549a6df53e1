"""Picture encoder: a small ViT on a convolutional stem, with an embedding in blocks."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F

BLOCKS = {"type": 128, "colour": 64, "style": 64}
# Share of each block in the squared length of a picture's embedding: type has most weight, then color.
PICTURE_SHARES = {"type": 0.46, "colour": 0.30, "style": 0.24}
MEAN, STD = (0.72, 0.70, 0.69), (0.29, 0.30, 0.30)


def convolution(inputs: int, outputs: int, stride: int = 1) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(inputs, outputs, 3, stride, 1, bias=False), nn.BatchNorm2d(outputs), nn.ReLU(inplace=True)
    )


class Residual(nn.Module):
    """Two 3x3 convolutions parallel to the identity, [b, c, h, w] -> the same shape."""

    def __init__(self, channels: int) -> None:
        super().__init__()
        self.first = convolution(channels, channels)
        self.second = nn.Sequential(nn.Conv2d(channels, channels, 3, 1, 1, bias=False), nn.BatchNorm2d(channels))
        nn.init.zeros_(self.second[1].weight)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return F.relu(x + self.second(self.first(x)))


class Block(nn.Module):
    """Pre-norm transformer block with LayerScale and stochastic depth, tokens [b, n, d] -> the same shape."""

    def __init__(self, width: int, heads: int, drop: float) -> None:
        super().__init__()
        self.heads, self.drop = heads, drop
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.scale1 = nn.Parameter(torch.full((width,), 0.1))
        self.scale2 = nn.Parameter(torch.full((width,), 0.1))

    def attend(self, x: torch.Tensor) -> torch.Tensor:
        b, n, d = x.shape
        q, k, v = self.qkv(x).reshape(b, n, 3, self.heads, d // self.heads).permute(2, 0, 3, 1, 4).unbind(0)
        shares = (q @ k.transpose(2, 3) * (d // self.heads) ** -0.5).softmax(3).to(v.dtype)
        return self.out((shares @ v).transpose(1, 2).reshape(b, n, d))

    def keep(self, x: torch.Tensor) -> torch.Tensor:
        if not self.training or self.drop == 0:
            return x
        mask = torch.rand(len(x), 1, 1, device=x.device) >= self.drop
        return x * (mask / (1 - self.drop)).to(x.dtype)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        x = x + self.keep(self.scale1 * self.attend(self.norm1(x)))
        return x + self.keep(self.scale2 * self.down(F.gelu(self.up(self.norm2(x)))))


class Pool(nn.Module):
    """Attention pooling with one learned query per output part, [b, n, d] -> [b, d]."""

    def __init__(self, width: int) -> None:
        super().__init__()
        self.score = nn.Linear(width, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return (self.score(x).softmax(1) * x).sum(1)


class PictureEncoder(nn.Module):
    """Maps uint8 or float RGB 0..255, [b, 3, s, s] with s a multiple of 16, to blocks and the embedding [b, 256] of
    unit length.

    The weights do not depend on s: the position code is a depthwise convolution on the token grid, so training can go
    from small pictures to the served size. Color is computed from stride-8 features as well as the tokens, because deep
    features lose color.
    """

    def __init__(self, width: int = 256, depth: int = 7, heads: int = 4) -> None:
        super().__init__()
        self.register_buffer("mean", torch.tensor(MEAN).view(1, 3, 1, 1) * 255)
        self.register_buffer("std", torch.tensor(STD).view(1, 3, 1, 1) * 255)
        self.stem = nn.Sequential(convolution(3, 32, 2), convolution(32, 64, 2), Residual(64))
        self.middle = nn.Sequential(convolution(64, 128, 2), Residual(128), Residual(128))
        self.tokens = nn.Sequential(nn.Conv2d(128, width, 3, 2, 1, bias=False), nn.BatchNorm2d(width))
        self.position = nn.Conv2d(width, width, 3, 1, 1, groups=width)
        self.blocks = nn.ModuleList(Block(width, heads, 0.1 * i / max(1, depth - 1)) for i in range(depth))
        self.norm = nn.LayerNorm(width)
        self.pool_type, self.pool_style, self.pool_colour = Pool(width), Pool(width), Pool(width)
        self.pool_early = Pool(128)
        self.to_type = nn.Linear(width, BLOCKS["type"])
        self.to_style = nn.Linear(2 * width, BLOCKS["style"])
        self.to_colour = nn.Sequential(nn.Linear(width + 128, 128), nn.GELU(), nn.Linear(128, BLOCKS["colour"]))

    def blocks_of(self, pixels: torch.Tensor) -> dict[str, torch.Tensor]:
        """Returns the blocks of unit length by name, each [b, BLOCKS[name]]."""
        x = (pixels.float() - self.mean) / self.std
        early = self.middle(self.stem(x.contiguous(memory_format=torch.channels_last)))
        x = self.tokens(early)
        x = (x + self.position(x)).flatten(2).transpose(1, 2)
        for block in self.blocks:
            x = block(x)
        x, early = self.norm(x), early.flatten(2).transpose(1, 2)
        kind = self.pool_type(x)
        parts = {
            "type": self.to_type(kind),
            "colour": self.to_colour(torch.cat([self.pool_colour(x), self.pool_early(early)], 1)),
            "style": self.to_style(torch.cat([self.pool_style(x), kind], 1)),
        }
        return {name: F.normalize(part.float(), dim=1) for name, part in parts.items()}

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        return join_blocks(self.blocks_of(pixels))


def join_blocks(blocks: dict[str, torch.Tensor]) -> torch.Tensor:
    """Joins unit blocks to an embedding [b, 256] of unit length; each block has its fixed share of the squared
    length."""
    return torch.cat([blocks[name] * PICTURE_SHARES[name] ** 0.5 for name in BLOCKS], 1)
