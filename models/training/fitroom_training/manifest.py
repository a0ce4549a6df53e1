"""manifest.json of a bundle. `calibrate` fills in the values chosen on val, `fitroom evaluate` the figures."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from .data import SERVED_PX
from .labels import category_to_type, color_families, label_sets
from .outputs import KNOWN, OUTPUTS
from .paths import BUNDLE, LIGHT_BUNDLE
from .picture_encoder import BLOCKS
from .vocabulary import MAX_TOKENS

METHODS = ("CONCATENATION", "WEIGHTED_AVERAGE", "ATTENTION")
SERVED_OUTPUTS = (*OUTPUTS, KNOWN)


@dataclass(frozen=True)
class Edition:
    """A bundle of the same embedding space: its folder, the depths of the encoders and the side of the pictures in
    px."""

    folder: Path
    blocks: int
    layers: int
    px: int


FULL = Edition(BUNDLE, blocks=7, layers=4, px=SERVED_PX)
LIGHT = Edition(LIGHT_BUNDLE, blocks=4, layers=2, px=64)


def sha256(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def base_manifest(edition: Edition) -> dict:
    sets, folder = label_sets(), edition.folder
    words = f"BERT, the first {edition.layers} layers of all-MiniLM-L6-v2 tuned on English and Chinese, 8 bits"
    pictures = f"ViT of {edition.blocks} blocks (d 256) on a convolutional stem, trained from scratch, 8-bit weights"
    return {
        "name": folder.name, "version": "2.1.0", "license": "Apache-2.0",
        "trainedAt": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "dimensions": 256, "aligned": True, "blocks": BLOCKS,
        "text": {
            "file": "text.onnx", "sha256": sha256(folder / "text.onnx"),
            "encoder": words,
            "tokenizer": "tokenizer.json", "maxTokens": MAX_TOKENS,
        },
        "image": {
            "file": "image.onnx", "sha256": sha256(folder / "image.onnx"),
            "encoder": pictures,
            "size": edition.px, "letterbox": {"kernel": "lanczos3", "background": "border"},
        },
        "head": {
            "file": "head.onnx", "sha256": sha256(folder / "head.onnx"),
            "labels": {name: sets[name] for name in OUTPUTS}, "temperatures": dict.fromkeys(OUTPUTS, 1.0),
            "nothing": {"output": KNOWN, "temperature": 1.0},
        },
        "files": {name: sha256(folder / name) for name in ("tokenizer.json", "tokenizer_config.json")},
        "fusion": {
            "methods": list(METHODS), "default": "ATTENTION",
            "weights": {method: {"text": 0.5, "image": 0.5} for method in METHODS},
            "halves": {kind: {"text": 0.6, "image": 0.8} for kind in ("text", "image", "both")},
            "attention": {
                "file": "fusion.onnx", "sha256": sha256(folder / "fusion.onnx"), "halves": {"text": 0.6, "image": 0.8},
            },
        },
        "categoryToGarmentType": category_to_type(),
        "colorFamilies": color_families(),
        "thresholds": {},
        "metrics": [],
    }  # fmt: skip


def write_manifest(folder: Path, manifest: dict) -> None:
    partial = folder / "manifest.partial"
    partial.write_text(json.dumps(manifest, ensure_ascii=False, indent=2) + "\n")
    partial.rename(folder / "manifest.json")
