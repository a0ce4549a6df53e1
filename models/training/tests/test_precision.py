"""The cost of 8-bit weights, on hand-made vectors and on a head with a graph in the released format.

Run: python -m unittest tests.test_precision, from models/training
"""

from __future__ import annotations

import tempfile
import unittest
from dataclasses import replace
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from fitroom_training.export import ServedHead, write_graph
from fitroom_training.fusion_head import Head
from fitroom_training.manifest import SERVED_OUTPUTS
from fitroom_training.precision import Answers, outcomes, require_same_training, table

ROWS = 24
# twelve rows of each of two categories, the last row of neither; one row in three is none of the ten types
LABELS = {
    "category": np.array([i % 2 for i in range(ROWS - 1)] + [-1]),
    "garmentType": np.array([i % 3 - 1 for i in range(ROWS)]),
    "color": np.array([i % 4 for i in range(ROWS)]),
}
TYPES = "ten try-on types, by picture"
TITLES = "title → its picture, R@10"


def right_logits() -> dict[str, np.ndarray]:
    return {name: np.eye(4)[np.maximum(labels, 0)] for name, labels in LABELS.items()}


def perfect() -> Answers:
    """Pictures of different categories are orthogonal; titles have the vectors of their pictures."""
    random = np.random.default_rng(2)
    pictures = np.zeros((ROWS, 256), np.float32)
    for row in range(ROWS):
        half = slice(0, 128) if LABELS["category"][row] == 0 else slice(128, 256)
        pictures[row, half] = np.abs(random.standard_normal(128))
    pictures /= np.linalg.norm(pictures, axis=1, keepdims=True)
    words = np.zeros((2, 256), np.float32)
    words[0, :128] = words[1, 128:] = 128**-0.5
    return Answers(pictures, pictures.copy(), right_logits(), {"en": words, "zh": words[::-1].copy()})


class PrecisionTest(unittest.TestCase):
    def test_only_rows_with_a_known_label_count_and_a_word_finds_its_category(self) -> None:
        found = outcomes(perfect(), LABELS)
        self.assertEqual(len(found["category, all labels, by picture"]), ROWS - 1)
        self.assertEqual(len(found[TYPES]), 16)
        for name in (TYPES, TITLES, "colour, 46 labels, by picture"):
            self.assertEqual(found[name].mean(), 1, name)
        self.assertGreater(found["category words → picture, P@10, English"].min(), 0.8)
        self.assertEqual(found["category words → picture, P@10, Chinese"].max(), 0)

    def test_errors_of_one_precision_are_shown_as_a_loss_in_points(self) -> None:
        full = outcomes(perfect(), LABELS)
        logits = right_logits()
        logits["garmentType"][LABELS["garmentType"] == 1] = [1, 0, 0, 0]
        titles = -perfect().pictures
        small = outcomes(replace(perfect(), logits=logits, titles=titles), LABELS)
        lines = table({"val": (full, small), "test": (full, full)}).splitlines()
        self.assertIn(f"| {TYPES} | 1.000 · 1.000 | 0.500 · 1.000 | -50.00 · +0.00 | 16 · 16 |", lines)
        self.assertIn(f"| {TITLES} | 1.000 · 1.000 | 0.000 · 1.000 | -100.00 · +0.00 | {ROWS} · {ROWS} |", lines)

    def test_a_figure_without_rows_in_one_split_is_left_out(self) -> None:
        full = outcomes(perfect(), LABELS)
        without = {name: values for name, values in full.items() if name != TITLES}
        self.assertNotIn(TITLES, table({"val": (full, full), "test": (without, without)}))

    def test_a_bundle_of_another_training_stops_the_stage(self) -> None:
        same = require_same_training(perfect(), perfect())
        self.assertAlmostEqual(same["titles"], 1, places=5)
        other = replace(perfect(), titles=np.roll(perfect().titles, 1, axis=0))
        with self.assertRaisesRegex(SystemExit, "titles: cosine"):
            require_same_training(perfect(), other)

    def test_a_graph_with_8_bit_weights_is_close_to_the_network_but_not_identical(self) -> None:
        torch.manual_seed(4)
        head = Head(dict.fromkeys(SERVED_OUTPUTS, 12)).eval()
        features = torch.nn.functional.normalize(torch.randn(40, 512), dim=1)
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "head.onnx"
            write_graph(ServedHead(head), file, {"features": (features[:2], {0: "b"})}, SERVED_OUTPUTS)
            session = onnxruntime.InferenceSession(file)
            stored = session.run(None, {"features": features.numpy()})
        with torch.no_grad():
            whole = head(features)
        for name, logits in zip(SERVED_OUTPUTS, stored, strict=True):
            gap = np.abs(logits - whole[name].numpy()).max()
            self.assertLess(gap, 0.02 * np.abs(whole[name].numpy()).max(), name)
            self.assertGreater(gap, 1e-6, name)


if __name__ == "__main__":
    unittest.main()
