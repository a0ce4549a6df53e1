"""Text encoder: the first layers of all-MiniLM-L6-v2 (a BERT) with mean pooling and an embedding in blocks."""

from __future__ import annotations

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer
from torch import nn
from torch.nn import functional as F

from .paths import RUNS
from .picture_encoder import BLOCKS
from .vocabulary import MAX_TOKENS, build_tokenizer, pretrained_folder, starting_rows

WIDTH, HEADS, LAYERS = 384, 12, 4


class BlockHead(nn.Module):
    """Maps features [b, width] to an embedding [b, 256] of unit length whose blocks have learned magnitudes.

    The gate is a softmax over blocks, so "in blue" can put its length into color and none into type.
    """

    def __init__(self, width: int) -> None:
        super().__init__()
        self.parts = nn.Linear(width, sum(BLOCKS.values()))
        self.gate = nn.Linear(width, len(BLOCKS))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        parts = self.parts(x).float().split(list(BLOCKS.values()), dim=1)
        shares = self.gate(x).float().softmax(1).clamp(min=1e-6).sqrt()
        return torch.cat([F.normalize(part, dim=1) * shares[:, i : i + 1] for i, part in enumerate(parts)], 1)


class Layer(nn.Module):
    """Post-norm BERT layer, [b, s, 384] with an additive mask [b, 1, 1, s] -> the same shape."""

    def __init__(self) -> None:
        super().__init__()
        self.q, self.k, self.v, self.out = (nn.Linear(WIDTH, WIDTH) for _ in range(4))
        self.up, self.down = nn.Linear(WIDTH, 4 * WIDTH), nn.Linear(4 * WIDTH, WIDTH)
        self.norm1, self.norm2 = nn.LayerNorm(WIDTH, 1e-12), nn.LayerNorm(WIDTH, 1e-12)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        b, s, _ = x.shape
        q, k, v = (part(x).view(b, s, HEADS, -1).transpose(1, 2) for part in (self.q, self.k, self.v))
        scores = (q @ k.transpose(2, 3)) * (WIDTH // HEADS) ** -0.5 + mask
        mixed = (scores.softmax(3) @ v).transpose(1, 2).reshape(b, s, WIDTH)
        x = self.norm1(x + self.drop(self.out(mixed)))
        return self.norm2(x + self.drop(self.down(F.gelu(self.up(x)))))


class TextEncoder(nn.Module):
    """Maps input_ids int64 [b, s ≤ 64] and attention_mask [b, s] to an embedding [b, 256] of unit length."""

    def __init__(self, vocabulary: int, layers: int = LAYERS) -> None:
        super().__init__()
        self.words = nn.Embedding(vocabulary, WIDTH)
        self.positions = nn.Parameter(torch.zeros(MAX_TOKENS, WIDTH))
        self.norm = nn.LayerNorm(WIDTH, 1e-12)
        self.layers = nn.ModuleList(Layer() for _ in range(layers))
        self.head = BlockHead(WIDTH)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        there = attention_mask.to(torch.float32)
        mask = (1.0 - there[:, None, None, :]) * -1e4
        x = self.norm(self.words(input_ids) + self.positions[: input_ids.shape[1]])
        for layer in self.layers:
            x = layer(x, mask)
        pooled = (x * there[:, :, None]).sum(1) / there.sum(1, keepdim=True).clamp(min=1.0)
        return self.head(pooled)


def pretrained(tokenizer: Tokenizer, origin: list[int]) -> TextEncoder:
    """Returns a TextEncoder with MiniLM's first layers and a new head."""
    old = load_file(pretrained_folder() / "model.safetensors")
    model = TextEncoder(len(origin))
    table = starting_rows(tokenizer, origin, old["embeddings.word_embeddings.weight"])
    model.words.weight.data.copy_(table)
    kind = old["embeddings.token_type_embeddings.weight"][0]
    model.positions.data.copy_(old["embeddings.position_embeddings.weight"][:MAX_TOKENS] + kind)
    copy_linear(model.norm, old, "embeddings.LayerNorm")
    for i, layer in enumerate(model.layers):
        prefix = f"encoder.layer.{i}."
        for mine, name in (("q", "query"), ("k", "key"), ("v", "value")):
            copy_linear(getattr(layer, mine), old, f"{prefix}attention.self.{name}")
        copy_linear(layer.out, old, f"{prefix}attention.output.dense")
        copy_linear(layer.norm1, old, f"{prefix}attention.output.LayerNorm")
        copy_linear(layer.up, old, f"{prefix}intermediate.dense")
        copy_linear(layer.down, old, f"{prefix}output.dense")
        copy_linear(layer.norm2, old, f"{prefix}output.LayerNorm")
    return model


def copy_linear(module: nn.Module, old: dict[str, torch.Tensor], name: str) -> None:
    module.weight.data.copy_(old[f"{name}.weight"])
    module.bias.data.copy_(old[f"{name}.bias"])


def encode_batch(tokenizer: Tokenizer, texts: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    """Maps strings to ids and mask, int64 [b, s], padded on the right to the longest."""
    found = [encoding.ids[:MAX_TOKENS] for encoding in tokenizer.encode_batch(texts)]
    longest = max(map(len, found))
    ids = torch.zeros(len(found), longest, dtype=torch.int64)
    mask = torch.zeros_like(ids)
    for i, row in enumerate(found):
        ids[i, : len(row)] = torch.tensor(row)
        mask[i, : len(row)] = 1
    return ids, mask


@torch.no_grad()
def embed_texts(model: TextEncoder, tokenizer: Tokenizer, texts: list[str], fast: bool = False) -> torch.Tensor:
    """Maps strings to unit embeddings float32 [n, 256]; `fast` computes in bfloat16. Sorts them, which saves
    padding."""
    model.eval()
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    found = torch.zeros(len(texts), 256)
    for start in range(0, len(order), 256):
        part = order[start : start + 256]
        with torch.autocast("cpu", torch.bfloat16, enabled=fast):
            found[torch.tensor(part)] = model(*encode_batch(tokenizer, [texts[i] for i in part])).float()
    model.train()
    return found


def load_words() -> tuple[TextEncoder, Tokenizer]:
    """Returns the trained encoder of `runs/words.pt`, ready to embed, and its tokenizer."""
    tokenizer, origin = build_tokenizer()
    encoder = TextEncoder(len(origin))
    encoder.load_state_dict(torch.load(RUNS / "words.pt")["encoder"])
    return encoder.eval(), tokenizer
