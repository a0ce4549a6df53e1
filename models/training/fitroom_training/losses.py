"""Losses of both encoders. A label index of -1 does not count."""

from __future__ import annotations

import torch
from torch import nn
from torch.nn import functional as F


class Proxies(nn.Module):
    """Cosine classifier with one unit vector per label in a block's space, [b, d] -> logits [b, labels]."""

    def __init__(self, width: int, labels: int, scale: float) -> None:
        super().__init__()
        self.weight = nn.Parameter(F.normalize(torch.randn(labels, width), dim=1))
        self.log_scale = nn.Parameter(torch.tensor(scale).log())

    def forward(self, block: torch.Tensor) -> torch.Tensor:
        return self.log_scale.exp().clamp(max=40) * block.float() @ F.normalize(self.weight, dim=1).T


def class_loss(logits: torch.Tensor, label: torch.Tensor, smoothing: float = 0.0) -> torch.Tensor:
    if not (label >= 0).any():
        return logits.sum() * 0
    return F.cross_entropy(logits, label, ignore_index=-1, label_smoothing=smoothing)


def soft_loss(logits: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
    """Returns the cross-entropy with rows of probabilities; rows of zeros do not count."""
    return -(target * logits.log_softmax(1)).sum() / target.sum().clamp(min=1)


def group_loss(logits: torch.Tensor, label: torch.Tensor, group_of: torch.Tensor) -> torch.Tensor:
    """Returns −log Σ p over the classes of the label's group: a photo labeled only "pants" may show jeans or
    leggings."""
    known = label >= 0
    if not known.any():
        return logits.sum() * 0
    allowed = group_of[None] == label[known][:, None]
    inside = logits[known].masked_fill(~allowed, -1e4).logsumexp(1)
    return (logits[known].logsumexp(1) - inside).mean()


def contrast(words: torch.Tensor, pictures: torch.Tensor, positives: torch.Tensor, scale: torch.Tensor) -> torch.Tensor:
    """Returns InfoNCE in both directions with soft positives: words [t, d], pictures [p, d], positives [t, p] ≥ 0
    (source: van den Oord et al. 2018, multi-positive as in Khosla et al. 2020)."""
    logits = scale * words.float() @ pictures.float().T
    return soft_loss(logits, normalised(positives)) + soft_loss(logits.T, normalised(positives.T))


def normalised(positives: torch.Tensor) -> torch.Tensor:
    return positives / positives.sum(1, keepdim=True).clamp(min=1e-6)
