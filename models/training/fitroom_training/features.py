"""Stage `features`: freezes a picture checkpoint (runs/frozen.pt) and embeds every cached set with it.

Later stages read the frozen copy, so the training of the pictures can go on meanwhile.
"""
from __future__ import annotations

import shutil
import sys
from dataclasses import dataclass

import numpy as np
import torch

from .augment import View, augmented
from .data import CACHE, CROP_PX, SERVED_PX, load_set
from .paths import RUNS
from .picture_encoder import PictureEncoder
from .pictures import embed

SETS = {
    "products-val": SERVED_PX, "home-val": SERVED_PX, "hires-val": SERVED_PX, "products-test": SERVED_PX,
    "hires-test": SERVED_PX, "products-train": SERVED_PX, "home-train": CROP_PX, "hires-train": CROP_PX,
}  # fmt: skip


VIEWS = {"products-train": 1, "hires-train": 1, "home-train": 3}  # augmented views besides the plain pictures


@dataclass
class Pictures:
    """Returns the encoder's averaged weights, the class proxies trained with it, and their step."""

    encoder: PictureEncoder
    proxies: dict[str, torch.Tensor]
    step: int


def load_pictures() -> Pictures:
    path = RUNS / "frozen.pt"
    if not path.exists():
        sys.exit(f"missing checkpoint: {path}. Run `python -m fitroom_training.features` first.")
    saved = torch.load(path, map_location="cpu")
    mean = saved["mean"]
    encoder = PictureEncoder()
    encoder.load_state_dict({k.removeprefix("encoder."): v for k, v in mean.items() if k.startswith("encoder.")})
    proxies = {}
    for key, weight in mean.items():
        if key.endswith(".weight") and key.split(".")[0] in ("category", "color", "style"):
            name = key.split(".")[-2]
            scale = mean[key.replace(".weight", ".log_scale")].exp().clamp(max=40)
            proxies[name] = scale * torch.nn.functional.normalize(weight, dim=1)
    return Pictures(encoder.eval(), proxies, saved["step"])


def picture_features(pictures: Pictures) -> dict[str, torch.Tensor]:
    """Returns set name -> embeddings [rows, 256] of all sets, from the cache if it has the same step."""
    path = RUNS / "features.pt"
    if path.exists():
        saved = torch.load(path)
        if saved["step"] == pictures.step:
            return saved["sets"]
    sizes = dict(SETS)
    if (CACHE / "drawn-train.jsonl").exists():
        sizes["drawn-train"] = CROP_PX
    sets = {}
    for name, px in sizes.items():
        sets[name] = embed(pictures.encoder, load_set(name, px)[1], fast=name.endswith("train"))
        views = [augmented_view(pictures.encoder, load_set(name, px)[1]) for _ in range(VIEWS.get(name, 0))]
        if views:
            sets[f"{name}/views"] = torch.stack(views)
        print("embedded", name, len(sets[name]), flush=True)
    partial = path.with_suffix(".partial")
    torch.save({"step": pictures.step, "sets": sets}, partial)
    partial.rename(path)
    return sets


@torch.no_grad()
def augmented_view(encoder: PictureEncoder, pixels: np.ndarray) -> torch.Tensor:
    """Returns embeddings [n, 256] of one random view of each picture, so that the head also learns from pictures
    that the encoder has not memorized."""
    found = []
    for start in range(0, len(pixels), 256):
        batch = augmented(torch.from_numpy(np.array(pixels[start : start + 256])), View(SERVED_PX, paste=0.1))
        with torch.autocast("cpu", torch.bfloat16):
            found.append(encoder(batch).float())
    return torch.cat(found)


def worded_pictures(features: dict[str, torch.Tensor]) -> tuple[list[dict], torch.Tensor]:
    """Returns training rows with titles (products, and drawn garments if they exist) and their embeddings [rows,
    256]."""
    rows, found = load_set("products-train", SERVED_PX)[0], [features["products-train"]]
    if "drawn-train" in features:
        rows = rows + load_set("drawn-train", CROP_PX)[0]
        found.append(features["drawn-train"])
    return rows, torch.cat(found)


def main() -> None:
    source = RUNS / "pictures.pt"
    if not source.exists():
        sys.exit(f"missing checkpoint: {source}. Run `python -m fitroom_training.pictures` first.")
    shutil.copy(source, RUNS / "frozen.partial")
    (RUNS / "frozen.partial").rename(RUNS / "frozen.pt")
    pictures = load_pictures()
    picture_features(pictures)
    print("frozen at step", pictures.step)


if __name__ == "__main__":
    main()
