"""Labeled garments for `bert_vit`: folders and tar files in the importer's format -> titles, pixels, label indices.

The labels are those of the default bundle, so that a catalog keeps its vocabulary when it switches models. A missing
label is -1 and does not count.
"""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from .data import read_folder, read_tar
from .labels import FIELDS, category_to_type
from .letterbox import upright
from .paths import BUNDLE

OUTPUTS = ("garmentType", "category", "color", "gender", "usage")
VAL_SHARE = 10  # one row in ten, chosen by its id
MEAN = STD = 0.5  # of all three channels, as vit-base-patch16-224 was trained


@dataclass
class Garments:
    titles: list[str]
    pixels: np.ndarray  # uint8 [rows, size, size, 3]
    labels: dict[str, torch.Tensor]  # output -> int64 [rows]
    is_val: torch.Tensor  # bool [rows]


def label_names() -> dict[str, list[str]]:
    return json.loads((BUNDLE / "manifest.json").read_text())["head"]["labels"]


def squash(encoded: bytes, size: int, kernel: str = "linear") -> np.ndarray:
    """Decodes a picture file to uint8 [size, size, 3]. Both sides are resized with antialiasing, like sharp with
    `fit: fill`, but with the linear kernel of ViT's own preprocessing."""
    image = upright(encoded)
    return image.resize(size / image.width, vscale=size / image.height, kernel=kernel).numpy()[:, :, :3]


def read_garments(paths: list[Path], size: int, cache: Path) -> Garments:
    """Reads the rows of all paths. The pixels are written once into a memory map under `cache`, first to a temporary
    file."""
    parts = [read_folder(path) if path.is_dir() else read_tar(path) for path in paths]
    rows = [row for part, _ in parts for row in part]
    file = cache / f"pixels-{size}.npy"
    if not file.exists():
        partial = cache / f"pixels-{size}.partial.npy"
        pixels = np.lib.format.open_memmap(partial, "w+", np.uint8, (len(rows), size, size, 3))
        for i, picture in enumerate(picture for _, pictures in parts for picture in pictures):
            pixels[i] = squash(picture, size)
        pixels.flush()
        partial.rename(file)
    pixels = np.load(file, mmap_mode="r")
    if len(pixels) != len(rows):
        raise SystemExit(f"{file} was created from other data: {len(pixels)} pictures for {len(rows)} rows. Remove it.")
    is_val = torch.tensor([zlib.crc32(str(row["id"]).encode()) % VAL_SHARE == 0 for row in rows])
    return Garments([row["title"] for row in rows], pixels, indices(rows), is_val)


def indices(rows: list[dict]) -> dict[str, torch.Tensor]:
    names = {output: {name: i for i, name in enumerate(labels)} for output, labels in label_names().items()}
    found = {
        output: torch.tensor([names[output].get(row.get(FIELDS[output]), -1) for row in rows]) for output in OUTPUTS[1:]
    }
    kinds = [category_to_type().get(row.get("articleType")) for row in rows]
    return found | {"garmentType": torch.tensor([names["garmentType"].get(kind, -1) for kind in kinds])}


def as_input(pixels: np.ndarray) -> torch.Tensor:
    """Converts uint8 [b, s, s, 3] to the encoder's input, float [b, 3, s, s]."""
    return (torch.from_numpy(np.array(pixels)).permute(0, 3, 1, 2).float() / 255 - MEAN) / STD
