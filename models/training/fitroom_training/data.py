"""Stage `data`: the tar files of FITROOM_DATA (and drawn garments) -> letterboxed uint8 memory maps in runs/cache.

A cached set is `<set>-<split>-<px>.npy`, uint8 [rows, px, px, 3], and `<set>-<split>.jsonl` with one row of metadata
per picture in the same order. `copies` is the number of pictures in the split with identical bytes. Existing sets are
skipped, so the stage can be stopped and restarted.
"""
from __future__ import annotations

import hashlib
import json
import sys
import tarfile
from collections import Counter
from pathlib import Path

import numpy as np

from .letterbox import letterbox
from .paths import CACHE, RUNS, data_file

SERVED_PX = 128
CROP_PX = 176  # photos larger than the served size keep more pixels, because training crops them
SETS = {
    "products": ("fashion-products-{}.tar", {"train": (SERVED_PX,), "val": (SERVED_PX,), "test": (SERVED_PX,)}),
    "hires": ("fashion-products-hires-{}.tar", {"train": (CROP_PX,), "val": (SERVED_PX,), "test": (SERVED_PX,)}),
    "home": ("clothing-photos-{}.tar", {"train": (CROP_PX,), "val": (SERVED_PX,)}),
}


def read_tar(path: Path) -> tuple[list[dict], list[bytes]]:
    """Returns the rows of metadata.jsonl and the encoded picture of each, in the order of the metadata."""
    with tarfile.open(path) as tar:
        files = {m.name.removeprefix("./"): tar.extractfile(m).read() for m in tar if m.isfile()}
    rows = [json.loads(line) for line in files["metadata.jsonl"].splitlines() if line.strip()]
    return rows, [files[row["image"]] for row in rows]


def read_folder(path: Path) -> tuple[list[dict], list[bytes]]:
    """Returns the same for an unpacked folder in the format of the tar."""
    rows = [json.loads(line) for line in (path / "metadata.jsonl").read_text().splitlines() if line.strip()]
    return rows, [(path / row["image"]).read_bytes() for row in rows]


def write_set(name: str, rows: list[dict], pictures: list[bytes], sizes: tuple[int, ...]) -> None:
    """Writes the memory maps and metadata of one split, first to temporary files."""
    digests = [hashlib.sha256(p).hexdigest() for p in pictures]
    copies = Counter(digests)
    for px in sizes:
        partial = CACHE / f"{name}-{px}.partial.npy"
        pixels = np.lib.format.open_memmap(partial, "w+", np.uint8, (len(rows), px, px, 3))
        for i, picture in enumerate(pictures):
            pixels[i] = letterbox(picture, px)
        pixels.flush()
        partial.rename(CACHE / f"{name}-{px}.npy")
    lines = [json.dumps({**row, "copies": copies[d]}, ensure_ascii=False) for row, d in zip(rows, digests, strict=True)]
    (CACHE / f"{name}.jsonl").write_text("\n".join(lines) + "\n")


def load_set(name: str, px: int) -> tuple[list[dict], np.ndarray]:
    """Returns metadata rows and pixels (uint8 [rows, px, px, 3], memory-mapped) of a cached set such as
    `products-val`."""
    meta = CACHE / f"{name}.jsonl"
    if not meta.exists():
        sys.exit(f"missing cache: {meta}. Run `python -m fitroom_training.data` first.")
    return [json.loads(line) for line in meta.read_text().splitlines()], np.load(
        CACHE / f"{name}-{px}.npy", mmap_mode="r"
    )


def main() -> None:
    CACHE.mkdir(parents=True, exist_ok=True)
    for name, (pattern, splits) in SETS.items():
        for split, sizes in splits.items():
            if not (CACHE / f"{name}-{split}.jsonl").exists():
                write_set(f"{name}-{split}", *read_tar(data_file(pattern.format(split))), sizes)
                print("cached", name, split, flush=True)
    drawn = RUNS / "drawn"
    if (drawn / "metadata.jsonl").exists() and not (CACHE / "drawn-train.jsonl").exists():
        rows, pictures = read_folder(drawn)
        seen = [
            {**row, "gender": None, "usage": None} for row in rows
        ]  # drawn at random, not visible in the picture
        write_set("drawn-train", seen, pictures, (CROP_PX,))
        print("cached drawn garments", flush=True)


if __name__ == "__main__":
    main()
