"""Stage `golden`: inputs with the outputs of the bundle in models/golden, for the server's tests.

The pictures are drawn here; none comes from the data sets.
"""

from __future__ import annotations

import json
from io import BytesIO

import numpy as np
from PIL import Image, ImageDraw

from .full_precision import FullPrecision
from .letterbox import letterbox
from .paths import BUNDLE, GOLDEN
from .serving import Bundle, unit

TEXTS = (
    "red dress", "Striped shirt for men", "black running shoes", "in blue", "same but black", "红色连衣裙", "换成蓝色",
    "男士黑色T恤", "純棉襯衫", "ＮＩＫＥ Café sneakers, size 42!", "not blue but white", "a" * 300 + " jeans " * 90,
)  # fmt: skip


def shirt(width: int, height: int) -> Image.Image:
    """Draws a blue T-shirt on near-white, with an uneven background so that every pixel matters."""
    ramp = np.linspace(235, 250, width)[None, :, None] + np.linspace(0, 4, height)[:, None, None]
    image = Image.fromarray(np.broadcast_to(ramp, (height, width, 3)).astype(np.uint8))
    points = [(0.3, 0.12), (0.42, 0.18), (0.58, 0.18), (0.7, 0.12), (0.95, 0.32), (0.84, 0.45), (0.73, 0.38)]
    points += [(0.73, 0.92), (0.27, 0.92), (0.27, 0.38), (0.16, 0.45), (0.05, 0.32)]
    ImageDraw.Draw(image).polygon([(x * width, y * height) for x, y in points], fill=(40, 80, 170))
    return image


def stripes(width: int, height: int) -> Image.Image:
    y, x = np.mgrid[0:height, 0:width]
    wave = (np.sin(x / 5.0) > 0).astype(int) * 90 + (y * 120 // height)
    return Image.fromarray(np.stack([wave + 30, 200 - wave // 2, wave // 3 + 60], 2).clip(0, 255).astype(np.uint8))


def disc(side: int) -> Image.Image:
    """Draws a red disc on a transparent background. Alpha is flattened on white."""
    image = Image.new("RGBA", (side, side), (0, 0, 0, 0))
    ImageDraw.Draw(image).ellipse([side * 0.1, side * 0.2, side * 0.9, side * 0.8], fill=(200, 20, 30, 255))
    return image


PICTURES = {
    "shirt-60x80.png": lambda: shirt(60, 80),
    "shirt-224x168.png": lambda: shirt(224, 168),
    "stripes-333x97.png": lambda: stripes(333, 97),
    "disc-128-alpha.png": lambda: disc(128),
    "thin-3x200.png": lambda: stripes(3, 200),
}


def rounded(values: np.ndarray) -> list:
    return np.round(values.astype(float), 6).tolist()


def head_outputs(bundle: Bundle, words: np.ndarray | None, pictures: np.ndarray | None) -> dict[str, list]:
    return {name: rounded(v[0]) for name, v in bundle.logits(words, pictures).items()}


def averaged(bundle: Bundle, words: np.ndarray, pictures: np.ndarray) -> np.ndarray:
    weights = bundle.manifest["fusion"]["weights"]["WEIGHTED_AVERAGE"]
    return unit(weights["text"] * words + weights["image"] * pictures)[0]


def main() -> None:
    GOLDEN.mkdir(parents=True, exist_ok=True)
    bundle, full = Bundle(BUNDLE), FullPrecision()
    found: dict = {
        "bundle": bundle.manifest["name"],
        "files": {p: bundle.manifest[p]["sha256"] for p in ("text", "image", "head")}
        | {"fusion": bundle.manifest["fusion"]["attention"]["sha256"]},
    }
    found["texts"] = []
    for text in TEXTS:
        ids, words = bundle.token_ids([text])[0][0], bundle.embed_texts([text])
        found["texts"].append(
            {
                "text": text,
                "ids": ids.tolist(),
                "embedding": rounded(words[0]),
                "fullPrecision": rounded(full.embed_texts([text])[0]),
                "head": head_outputs(bundle, words, None),
            }
        )
    found["pictures"], vectors = [], {}
    for name, draw in PICTURES.items():
        buffer = BytesIO()
        draw().save(buffer, "PNG", optimize=True)
        (GOLDEN / name).write_bytes(buffer.getvalue())
        pixels = letterbox(buffer.getvalue(), bundle.manifest["image"]["size"])
        vectors[name] = bundle.embed_pictures(pixels[None])
        entry = {
            "fullPrecision": rounded(full.embed_pictures(pixels[None])[0]),
            "file": name,
            "corner": pixels[0, 0].tolist(),
            "mean": rounded(pixels.mean((0, 1))),
        }
        found["pictures"].append(
            {**entry, "embedding": rounded(vectors[name][0]), "head": head_outputs(bundle, None, vectors[name])}
        )
    words, picture = bundle.embed_texts(["in red"]), vectors["shirt-60x80.png"]
    found["both"] = [{
        "text": "in red", "file": "shirt-60x80.png", "head": head_outputs(bundle, words, picture),
        "averaged": rounded(averaged(bundle, words, picture)), "attended": rounded(bundle.attend(words, picture)[0]),
    }]  # fmt: skip
    (GOLDEN / "golden.json").write_text(json.dumps(found, ensure_ascii=False) + "\n")
    print(f"{len(TEXTS)} texts, {len(PICTURES)} pictures, {(GOLDEN / 'golden.json').stat().st_size / 1e3:.0f} kB")


if __name__ == "__main__":
    main()
