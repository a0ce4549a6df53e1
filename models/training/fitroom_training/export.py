"""Stage `export`: checkpoints -> models/fitroom-v2 (four ONNX files, tokenizer, manifest without figures).

Owns the bundle's format. `calibrate` then fills in temperatures, weights and thresholds, `evaluate` the figures.
"""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from .attention import AttentionFusion, even
from .compress import compress
from .data import SERVED_PX
from .features import load_pictures
from .fusion_head import KNOWN, KNOWN_LABELS, OUTPUTS, Head, load_words
from .labels import category_to_type, color_families, label_sets
from .paths import BUNDLE, RUNS
from .picture_encoder import PictureEncoder
from .text_encoder import LAYERS
from .vocabulary import MAX_TOKENS, build_tokenizer, pretrained_folder, tie_traditional

OPSET = 18
METHODS = ("CONCATENATION", "WEIGHTED_AVERAGE", "ATTENTION")
SERVED_OUTPUTS = (*OUTPUTS, KNOWN)


class ServedPictures(nn.Module):
    """uint8 [b, S, S, 3] RGB -> unit-length [b, 256]: layout and normalisation belong to the graph."""

    def __init__(self, encoder: PictureEncoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        return self.encoder(pixels.permute(0, 3, 1, 2).float())


class ServedHead(nn.Module):
    """features [b, 512] -> the outputs as a tuple, in SERVED_OUTPUTS' order."""

    def __init__(self, head: Head) -> None:
        super().__init__()
        self.head = head

    def forward(self, features: torch.Tensor) -> tuple[torch.Tensor, ...]:
        found = self.head(features)
        return tuple(found[name] for name in SERVED_OUTPUTS)


def write_graph(
    model: nn.Module, file: Path, inputs: dict[str, tuple[torch.Tensor, dict]], outputs: tuple[str, ...]
) -> None:
    """Export with dynamic axes, quantise the weights to 8 bits, and put the file in place."""
    partial = file.with_suffix(".partial")
    axes = {name: spec for name, (_, spec) in inputs.items()} | {name: {0: "b"} for name in outputs}
    torch.onnx.export(
        model.eval(), tuple(value for value, _ in inputs.values()), partial, dynamo=False, opset_version=OPSET,
        input_names=list(inputs), output_names=list(outputs), dynamic_axes=axes,
    )  # fmt: skip
    compress(str(partial))
    partial.rename(file)


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def write_tokenizer() -> None:
    tokenizer, _ = build_tokenizer()
    tokenizer.save(str(BUNDLE / "tokenizer.json"), pretty=False)
    config = json.loads((pretrained_folder() / "tokenizer_config.json").read_text())
    kept = (
        "do_lower_case",
        "unk_token",
        "sep_token",
        "pad_token",
        "cls_token",
        "mask_token",
        "tokenize_chinese_chars",
        "strip_accents",
    )
    config = {name: config[name] for name in kept} | {
        "tokenizer_class": "BertTokenizer",
        "model_max_length": MAX_TOKENS,
    }
    (BUNDLE / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")


def base_manifest() -> dict:
    sets = label_sets()
    return {
        "name": "fitroom-v2", "version": "2.0.0", "license": "Apache-2.0",
        "trainedAt": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "dimensions": 256, "aligned": True,
        "text": {
            "file": "text.onnx", "sha256": sha256(BUNDLE / "text.onnx"),
            "encoder": f"BERT, the first {LAYERS} layers of all-MiniLM-L6-v2 tuned on English and Chinese, 8 bits",
            "tokenizer": "tokenizer.json", "maxTokens": MAX_TOKENS,
        },
        "image": {
            "file": "image.onnx", "sha256": sha256(BUNDLE / "image.onnx"),
            "encoder": "ViT of 7 blocks (d 256) on a convolutional stem, trained from scratch, 8-bit weights",
            "size": SERVED_PX, "letterbox": {"kernel": "lanczos3", "background": "border"},
        },
        "head": {
            "file": "head.onnx", "sha256": sha256(BUNDLE / "head.onnx"),
            "labels": {name: sets[name] for name in OUTPUTS} | {KNOWN: KNOWN_LABELS},
            "temperatures": dict.fromkeys(SERVED_OUTPUTS, 1.0),
        },
        "files": {name: sha256(BUNDLE / name) for name in ("tokenizer.json", "tokenizer_config.json")},
        "fusion": {
            "methods": list(METHODS), "default": "ATTENTION",
            "weights": {method: {"text": 0.5, "image": 0.5} for method in METHODS},
            "halves": {kind: {"text": 0.6, "image": 0.8} for kind in ("text", "image", "both")},
            "attention": {
                "file": "fusion.onnx", "sha256": sha256(BUNDLE / "fusion.onnx"), "halves": {"text": 0.6, "image": 0.8},
            },
        },
        "categoryToGarmentType": category_to_type(),
        "colorFamilies": color_families(),
        "thresholds": {},
        "metrics": [],
    }  # fmt: skip


def write_manifest(manifest: dict) -> None:
    partial = BUNDLE / "manifest.partial"
    partial.write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
    partial.rename(BUNDLE / "manifest.json")


def main() -> None:
    BUNDLE.mkdir(parents=True, exist_ok=True)
    pictures, (words, tokenizer) = load_pictures(), load_words()
    with torch.no_grad():
        tie_traditional(tokenizer, words.words.weight)
    saved = torch.load(RUNS / "head.pt")
    head = Head(saved["sizes"])
    head.load_state_dict(saved["head"])
    fusion = AttentionFusion()
    fusion.load_state_dict(torch.load(RUNS / "attention.pt")["network"])
    ids = torch.randint(5, 1000, (3, 9))
    tokens = {0: "b", 1: "s"}
    write_graph(
        words,
        BUNDLE / "text.onnx",
        {"input_ids": (ids, tokens), "attention_mask": (torch.ones_like(ids), tokens)},
        ("embedding",),
    )
    pixels = torch.randint(0, 256, (2, SERVED_PX, SERVED_PX, 3), dtype=torch.uint8)
    write_graph(ServedPictures(pictures.encoder), BUNDLE / "image.onnx", {"pixels": (pixels, {0: "b"})}, ("embedding",))
    write_graph(ServedHead(head), BUNDLE / "head.onnx", {"features": (torch.randn(2, 512), {0: "b"})}, SERVED_OUTPUTS)
    half = F.normalize(torch.randn(2, 256), dim=1)
    inputs = {name: (half, {0: "b"}) for name in ("text", "image")} | {"weights": (even(2), {0: "b"})}
    write_graph(fusion, BUNDLE / "fusion.onnx", inputs, ("query",))
    write_tokenizer()
    write_manifest(base_manifest())
    for name in ("text.onnx", "image.onnx", "head.onnx", "fusion.onnx", "tokenizer.json"):
        print(f"{name} {(BUNDLE / name).stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
