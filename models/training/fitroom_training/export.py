"""Stage `export`: checkpoints -> models/fitroom-v2, or with `--light` models/fitroom-v2-light.

The output is four graphs and a tokenizer. The two editions share an embedding space, and therefore head and fusion.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F

from .attention import AttentionFusion, even
from .compress import compress
from .features import load_pictures
from .fusion_head import Head, load_head
from .light import shortened
from .manifest import FULL, LIGHT, SERVED_OUTPUTS, Edition, base_manifest, write_manifest
from .paths import RUNS
from .picture_encoder import PictureEncoder
from .text_encoder import TextEncoder, load_words
from .vocabulary import MAX_TOKENS, build_tokenizer, pretrained_folder, tie_traditional

OPSET = 18


class ServedPictures(nn.Module):
    """Maps uint8 [b, S, S, 3] RGB to [b, 256] of unit length. Layout and normalization are part of the graph."""

    def __init__(self, encoder: PictureEncoder) -> None:
        super().__init__()
        self.encoder = encoder

    def forward(self, pixels: torch.Tensor) -> torch.Tensor:
        return self.encoder(pixels.permute(0, 3, 1, 2).float())


class ServedHead(nn.Module):
    """Maps features [b, 512] to the outputs as a tuple, in the order of SERVED_OUTPUTS."""

    def __init__(self, head: Head) -> None:
        super().__init__()
        self.head = head

    def forward(self, features: torch.Tensor) -> tuple[torch.Tensor, ...]:
        found = self.head(features)
        return tuple(found[name] for name in SERVED_OUTPUTS)


def write_graph(
    model: nn.Module, file: Path, inputs: dict[str, tuple[torch.Tensor, dict]], outputs: tuple[str, ...]
) -> None:
    """Exports with dynamic axes, quantizes the weights to 8 bits, and moves the file into place."""
    partial = file.with_suffix(".partial")
    axes = {name: spec for name, (_, spec) in inputs.items()} | {name: {0: "b"} for name in outputs}
    torch.onnx.export(
        model.eval(), tuple(value for value, _ in inputs.values()), partial, dynamo=False, opset_version=OPSET,
        input_names=list(inputs), output_names=list(outputs), dynamic_axes=axes,
    )  # fmt: skip
    compress(str(partial))
    partial.rename(file)


def write_tokenizer(folder: Path) -> None:
    tokenizer, _ = build_tokenizer()
    tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    config = json.loads((pretrained_folder() / "tokenizer_config.json").read_text())
    served_names = (
        "do_lower_case",
        "unk_token",
        "sep_token",
        "pad_token",
        "cls_token",
        "mask_token",
        "tokenize_chinese_chars",
        "strip_accents",
    )
    config = {name: config[name] for name in served_names} | {
        "tokenizer_class": "BertTokenizer",
        "model_max_length": MAX_TOKENS,
    }
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")


def write_encoders(edition: Edition, words: TextEncoder, pictures: PictureEncoder) -> None:
    ids = torch.randint(5, 1000, (3, 9))
    tokens = {0: "b", 1: "s"}
    inputs = {"input_ids": (ids, tokens), "attention_mask": (torch.ones_like(ids), tokens)}
    write_graph(words, edition.folder / "text.onnx", inputs, ("embedding",))
    pixels = torch.randint(0, 256, (2, edition.px, edition.px, 3), dtype=torch.uint8)
    file = edition.folder / "image.onnx"
    write_graph(ServedPictures(pictures), file, {"pixels": (pixels, {0: "b"})}, ("embedding",))


def write_head_and_fusion(folder: Path) -> None:
    features = {"features": (torch.randn(2, 512), {0: "b"})}
    write_graph(ServedHead(load_head()), folder / "head.onnx", features, SERVED_OUTPUTS)
    fusion = AttentionFusion()
    fusion.load_state_dict(torch.load(RUNS / "attention.pt")["network"])
    half = F.normalize(torch.randn(2, 256), dim=1)
    inputs = {name: (half, {0: "b"}) for name in ("text", "image")} | {"weights": (even(2), {0: "b"})}
    write_graph(fusion, folder / "fusion.onnx", inputs, ("query",))


def encoders_of(edition: Edition) -> tuple[TextEncoder, PictureEncoder]:
    """Returns the trained encoders of an edition, with traditional characters tied to simplified ones."""
    pictures, (words, tokenizer) = load_pictures().encoder, load_words()
    if edition is LIGHT:
        saved = torch.load(RUNS / "light.pt")
        pictures, words = shortened(pictures, words)
        pictures.load_state_dict(saved["pictures"])
        words.load_state_dict(saved["words"])
    with torch.no_grad():
        tie_traditional(tokenizer, words.words.weight)
    return words, pictures


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--light", action="store_true")
    edition = LIGHT if arguments.parse_args().light else FULL
    edition.folder.mkdir(parents=True, exist_ok=True)
    write_encoders(edition, *encoders_of(edition))
    write_head_and_fusion(edition.folder)
    write_tokenizer(edition.folder)
    write_manifest(edition.folder, base_manifest(edition))
    for file in sorted(edition.folder.iterdir()):
        print(f"{file.name} {file.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
