"""Export of a trained pair of encoders and its head as a bundle: three graphs, tokenizer, manifest.

Text and pictures have separate embedding spaces, so their only fusion is concatenation.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import torch
from torch import nn
from transformers import PreTrainedTokenizerBase

from .bert_vit import MAX_TOKENS, BertVit
from .bert_vit_data import MEAN, OUTPUTS, STD, label_names
from .export import OPSET
from .labels import category_to_type, color_families
from .manifest import sha256

# chosen, not measured: no recommendation is WEAK, and text names a label with a probability of at least two thirds
THRESHOLDS = {
    "weakBelow": {"text": -1, "image": -1, "both": -1},
    "colorNamed": 0.67, "typeNamed": 0.67, "categoryNamed": 0.67, "categoryShown": 0,
    "contradiction": 0.95, "nearDuplicate": 0.98,
}  # fmt: skip


class Graph(nn.Module):
    """One function of the model as a module of its own."""

    def __init__(self, model: BertVit, function: str) -> None:
        super().__init__()
        self.model, self.function = model, function

    def forward(self, *values: torch.Tensor) -> torch.Tensor | tuple[torch.Tensor, ...]:
        found = getattr(self.model, self.function)(*values)
        return tuple(found[name] for name in OUTPUTS) if isinstance(found, dict) else found


def write_graph(graph: Graph, file: Path, inputs: dict[str, torch.Tensor], outputs: tuple[str, ...]) -> None:
    axes = {name: {i: f"{name}_{i}" for i in range(2 if v.dtype == torch.int64 else 1)} for name, v in inputs.items()}
    partial = file.with_suffix(".partial")
    torch.onnx.export(
        graph.eval(), tuple(inputs.values()), partial, dynamo=False, opset_version=OPSET, input_names=list(inputs),
        output_names=list(outputs), dynamic_axes=axes | {name: {0: "batch"} for name in outputs},
    )  # fmt: skip
    partial.rename(file)


def export_bundle(model: BertVit, tokenizer: PreTrainedTokenizerBase, folder: Path, metrics: list[dict]) -> None:
    """Writes the folder. manifest.json is written last, so a folder that has it is complete."""
    folder.mkdir(parents=True, exist_ok=True)
    model.eval()
    for encoder in (model.bert, model.vit):
        encoder.set_attn_implementation("eager")  # tracing the fused kernel fixes the shapes
    ids = torch.randint(5, 20, (2, 9))
    words = {"input_ids": ids, "attention_mask": torch.ones_like(ids)}
    side = model.vit.config.image_size
    write_graph(Graph(model, "words"), folder / "text.onnx", words, ("embedding",))
    write_graph(
        Graph(model, "pictures"), folder / "image.onnx", {"pixel_values": torch.randn(2, 3, side, side)}, ("embedding",)
    )
    write_graph(Graph(model, "head"), folder / "head.onnx", {"features": torch.randn(2, 2 * model.width)}, OUTPUTS)
    write_tokenizer(tokenizer, folder)
    partial = folder / "manifest.partial"
    partial.write_text(json.dumps(manifest(model, folder, metrics), ensure_ascii=False, indent=2) + "\n")
    partial.rename(folder / "manifest.json")
    print(f"exported {folder}", flush=True)


def write_tokenizer(tokenizer: PreTrainedTokenizerBase, folder: Path) -> None:
    tokenizer.backend_tokenizer.no_truncation()
    tokenizer.backend_tokenizer.no_padding()
    tokenizer.backend_tokenizer.save(str(folder / "tokenizer.json"), pretty=False)
    marks = ("unk_token", "sep_token", "pad_token", "cls_token", "mask_token")
    config = {name: getattr(tokenizer, name) for name in marks} | {"tokenizer_class": "BertTokenizer"}
    (folder / "tokenizer_config.json").write_text(
        json.dumps(config | {"model_max_length": MAX_TOKENS}, indent=2) + "\n"
    )


def manifest(model: BertVit, folder: Path, metrics: list[dict]) -> dict:
    bert, vit = model.bert.config, model.vit.config
    return {
        "name": "bert-vit", "version": "1.0.0", "license": "Apache-2.0",
        "trainedAt": datetime.now(UTC).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "dimensions": model.width, "aligned": False,
        "text": {
            "file": "text.onnx", "sha256": sha256(folder / "text.onnx"),
            "encoder": f"BERT of {bert.num_hidden_layers} layers (d {bert.hidden_size}), its class token, fine-tuned",
            "tokenizer": "tokenizer.json", "maxTokens": MAX_TOKENS,
        },
        "image": {
            "file": "image.onnx", "sha256": sha256(folder / "image.onnx"),
            "encoder": f"ViT of {vit.num_hidden_layers} layers (d {vit.hidden_size}), its class token, fine-tuned",
            "size": vit.image_size, "resize": {"fit": "squash", "kernel": "linear"},
            "tensor": {"name": "pixel_values", "mean": [MEAN] * 3, "std": [STD] * 3},
        },
        "head": {
            "file": "head.onnx", "sha256": sha256(folder / "head.onnx"),
            "labels": label_names(), "temperatures": dict.fromkeys(OUTPUTS, 1.0),
        },
        "files": {name: sha256(folder / name) for name in ("tokenizer.json", "tokenizer_config.json")},
        "fusion": {
            "methods": ["CONCATENATION"], "default": "CONCATENATION",
            "weights": {"CONCATENATION": {"text": 0.5, "image": 0.5}},
            "halves": {
                "text": {"text": 1, "image": 0}, "image": {"text": 0, "image": 1}, "both": {"text": 0.5, "image": 0.5},
            },
        },
        "categoryToGarmentType": category_to_type(), "colorFamilies": color_families(),
        "thresholds": THRESHOLDS, "metrics": metrics,
    }  # fmt: skip
