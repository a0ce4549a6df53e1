"""A tiny BERT and ViT with random weights, saved in the format of `from_pretrained`, and a few drawn garments."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import torch
from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
from transformers import BertConfig, BertModel, BertTokenizerFast, ViTConfig, ViTModel

PROJECT = Path(__file__).resolve().parents[3]
SIZES = {"num_hidden_layers": 2, "num_attention_heads": 2}
MARKS = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def draw(folder: Path, count: int) -> Path:
    """Draws labeled pictures with the built command line; run `npm run build` first."""
    command = ["node", str(PROJECT / "dist/cli/fitroom.js"), "draw", "--out", str(folder), "--count", str(count)]
    subprocess.run([*command, "--size", "64", "--seed", "3"], check=True, capture_output=True)
    return folder


def save_pretrained(folder: Path, drawn: Path, hidden: int = 32) -> tuple[Path, Path]:
    """Writes the folders of a BERT, whose vocabulary is the words of the drawn titles, and of a ViT."""
    torch.manual_seed(5)
    bert, vit = folder / "bert", folder / "vit"
    tokenizer = word_tokenizer(drawn)
    tokenizer.save_pretrained(bert)
    width = {"hidden_size": hidden, "intermediate_size": 2 * hidden}
    BertModel(BertConfig(vocab_size=len(tokenizer), max_position_embeddings=64, **width, **SIZES)).save_pretrained(bert)
    ViTModel(ViTConfig(image_size=32, patch_size=8, **width, **SIZES)).save_pretrained(vit)
    return bert, vit


def word_tokenizer(drawn: Path) -> BertTokenizerFast:
    titles = [json.loads(line)["title"].lower() for line in (drawn / "metadata.jsonl").read_text().splitlines()]
    letters = "abcdefghijklmnopqrstuvwxyz"
    pieces = [
        *MARKS,
        *sorted({w for t in titles for w in t.split() if len(w) > 1}),
        *letters,
        *(f"##{c}" for c in letters),
    ]
    backend = Tokenizer(models.WordPiece({piece: i for i, piece in enumerate(pieces)}, unk_token="[UNK]"))
    backend.normalizer = normalizers.BertNormalizer(lowercase=True)
    backend.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    backend.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return BertTokenizerFast(tokenizer_object=backend)
