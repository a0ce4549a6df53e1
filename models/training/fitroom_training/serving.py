"""The bundle as the server runs it: ONNX Runtime on the exported files, in Python, for calibration."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import Tokenizer

from .outputs import KNOWN


def softmax(logits: np.ndarray, temperature: float) -> np.ndarray:
    scaled = logits / temperature
    weights = np.exp(scaled - scaled.max(1, keepdims=True))
    return weights / weights.sum(1, keepdims=True)


def unit(rows: np.ndarray) -> np.ndarray:
    return rows / np.maximum(np.linalg.norm(rows, axis=1, keepdims=True), 1e-12)


def side_by_side(words: np.ndarray | None, pictures: np.ndarray | None) -> np.ndarray:
    """Returns the head's features [n, 512] of halves [n, 256]. A half that is None becomes zeros."""
    zero = np.zeros_like(words if words is not None else pictures)
    return np.concatenate([zero if words is None else words, zero if pictures is None else pictures], 1)


class Bundle:
    """Sessions of the text, image and head graphs, of the attention graph if it exists, with the manifest's
    tokenizer, labels and temperatures."""

    def __init__(self, folder: Path, threads: int = 2) -> None:
        self.manifest = json.loads((folder / "manifest.json").read_text())
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        files = {part: self.manifest[part]["file"] for part in ("text", "image", "head")}
        if "attention" in self.manifest["fusion"]:
            files["fusion"] = self.manifest["fusion"]["attention"]["file"]
        self.sessions = {part: onnxruntime.InferenceSession(folder / file, options) for part, file in files.items()}
        self.tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))

    def embed_texts(self, texts: list[str], batch: int = 64) -> np.ndarray:
        """Maps strings to float32 [n, 256] of unit length."""
        order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
        found = np.zeros((len(texts), 256), np.float32)
        for start in range(0, len(order), batch):
            part = order[start : start + batch]
            ids, mask = self.token_ids([texts[i] for i in part])
            found[part] = self.sessions["text"].run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return found

    def token_ids(self, texts: list[str]) -> tuple[np.ndarray, np.ndarray]:
        rows = [e.ids for e in self.tokenizer.encode_batch(texts)]
        ids = np.zeros((len(rows), max(map(len, rows))), np.int64)
        mask = np.zeros_like(ids)
        for i, row in enumerate(rows):
            ids[i, : len(row)], mask[i, : len(row)] = row, 1
        return ids, mask

    def embed_pictures(self, pixels: np.ndarray, batch: int = 32) -> np.ndarray:
        """Maps uint8 [n, S, S, 3] to float32 [n, 256] of unit length."""
        run = self.sessions["image"].run
        parts = [
            run(None, {"pixels": np.ascontiguousarray(pixels[i : i + batch])})[0] for i in range(0, len(pixels), batch)
        ]
        return np.concatenate(parts)

    def logits(self, words: np.ndarray | None, pictures: np.ndarray | None) -> dict[str, np.ndarray]:
        """Maps halves [n, 256], of which one may be None, to logits per output."""
        features = side_by_side(words, pictures)
        names = [o.name for o in self.sessions["head"].get_outputs()]
        return dict(zip(names, self.sessions["head"].run(None, {"features": features}), strict=True))

    def probabilities(self, words: np.ndarray | None, pictures: np.ndarray | None) -> dict[str, np.ndarray]:
        head = self.manifest["head"]
        temperatures = head["temperatures"] | {KNOWN: head.get("nothing", {}).get("temperature", 1.0)}
        return {name: softmax(v, temperatures[name]) for name, v in self.logits(words, pictures).items()}

    def request(self, words: np.ndarray | None, pictures: np.ndarray | None) -> np.ndarray:
        """Returns q [n, 256] of unit length: the only given half, or both fused by the manifest's default method."""
        if words is None or pictures is None:
            return pictures if words is None else words
        method = self.manifest["fusion"]["default"]
        weights = self.manifest["fusion"]["weights"][method]
        if method == "ATTENTION":
            return self.attend(words, pictures, (weights["text"], weights["image"]))
        return unit(weights["text"] * words + weights["image"] * pictures)

    def attend(self, words: np.ndarray, pictures: np.ndarray, weights: tuple[float, float] = (0.5, 0.5)) -> np.ndarray:
        """Returns the attention's q [n, 256] of unit length for words and pictures [n, 256]. The weights sum to 1."""
        pairs = np.broadcast_to(np.float32(weights), (len(words), 2))
        inputs = {"text": np.float32(words), "image": np.float32(pictures), "weights": np.ascontiguousarray(pairs)}
        return self.sessions["fusion"].run(None, inputs)[0]

    def scores(self, q: np.ndarray, words: np.ndarray, pictures: np.ndarray, kind: str) -> np.ndarray:
        """Returns [a·q ; b·q] · [F_t ; F_i] -> [n, m]: requests [n, 256] of one kind (text, image, both), halves [m,
        256]."""
        fusion = self.manifest["fusion"]
        halves = fusion["halves"][kind]
        if kind == "both" and fusion["default"] == "ATTENTION":
            halves = fusion["attention"]["halves"]
        return halves["text"] * q @ words.T + halves["image"] * q @ pictures.T
