"""Transfer learning of BERT and ViT with tiny random weights and drawn garments, and the resulting bundle.

Run: python -m unittest discover -s models/training/tests -t models/training (after `npm run build`; needs
transformers)
"""

from __future__ import annotations

import hashlib
import json
import tempfile
import unittest
from pathlib import Path

import numpy as np
import onnxruntime
import torch
from transformers import AutoTokenizer, BertModel, ViTModel

from fitroom_training.bert_vit import BertVit, Phase, Trainer, class_weights, sizes
from fitroom_training.bert_vit_data import as_input, read_garments
from fitroom_training.bert_vit_export import export_bundle

from .tiny import draw, save_pretrained

# at this matrix size, threads spend more time waiting than computing
torch.set_num_threads(1)


def phases(frozen: int = 40, tuned: int = 10, rate: float = 1e-3) -> list[Phase]:
    rates = {"bert": rate, "vit": rate, "outputs": rate}
    return [Phase("frozen", frozen, 32, {"outputs": 1e-2}, 20), Phase("tuned", tuned, 16, rates, 5)]


class BertVitTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.folder = Path(folder.name)
        cls.drawn = draw(cls.folder / "drawn", 60)
        cls.bert, cls.vit = save_pretrained(cls.folder, cls.drawn)

    def trainer(self, run: str) -> Trainer:
        torch.manual_seed(1)
        path = self.folder / run
        path.mkdir(exist_ok=True)
        bert = BertModel.from_pretrained(self.bert, add_pooling_layer=False)
        vit = ViTModel.from_pretrained(self.vit, add_pooling_layer=False)
        garments = read_garments([self.drawn], 32, path)
        return Trainer(BertVit(bert, vit, sizes()), AutoTokenizer.from_pretrained(self.bert), garments, path)

    def test_the_frozen_phase_changes_only_the_head_and_fine_tuning_changes_everything(self) -> None:
        trainer = self.trainer("moves")
        before = {name: value.clone() for name, value in trainer.model.state_dict().items()}
        trainer.train(phases(tuned=0))
        moved = {name for name, value in trainer.model.state_dict().items() if not torch.equal(value, before[name])}
        self.assertEqual({name.split(".")[0] for name in moved}, {"outputs"})
        trainer.train(phases(tuned=2))
        moved = {name for name, value in trainer.model.state_dict().items() if not torch.equal(value, before[name])}
        self.assertEqual({name.split(".")[0] for name in moved}, {"outputs", "bert", "vit"})

    def test_training_learns_the_types_of_its_garments(self) -> None:
        trainer = self.trainer("learns")
        trainer.train(phases(frozen=100, tuned=150, rate=4e-3))
        with torch.no_grad():
            logits = trainer.model.head(trainer.embedded()[trainer.rows])["garmentType"]
        right = (logits.argmax(1) == trainer.garments.labels["garmentType"][trainer.rows]).float().mean().item()
        self.assertGreater(right, 0.8)

    def test_a_resumed_training_ends_with_the_same_weights_as_an_uninterrupted_one(self) -> None:
        whole = self.trainer("whole")
        whole.train(phases())
        stopped = self.trainer("stopped")
        stopped.train(phases()[:1], stop_after=27)
        resumed = self.trainer("stopped")
        resumed.train(phases())
        for name, value in resumed.model.state_dict().items():
            torch.testing.assert_close(value, whole.model.state_dict()[name], msg=name)

    def test_rare_classes_have_the_same_total_weight_as_common_ones(self) -> None:
        labels = torch.tensor([0, 0, 0, 1, -1])
        weights = class_weights(labels, 3)
        self.assertEqual([round(w, 4) for w in (weights * torch.tensor([3.0, 1.0, 0.0])).tolist()], [2.0, 2.0, 0.0])
        self.assertEqual(weights[2].item(), 0)

    def test_the_exported_graphs_return_the_same_values_as_the_model(self) -> None:
        trainer = self.trainer("export")
        trainer.train(phases(20, 2))
        folder = self.folder / "bundle"
        export_bundle(trainer.model, trainer.tokenizer, folder, trainer.figures())
        manifest = json.loads((folder / "manifest.json").read_text())
        for part in ("text", "image", "head"):
            digest = hashlib.sha256((folder / manifest[part]["file"]).read_bytes()).hexdigest()
            self.assertEqual(digest, manifest[part]["sha256"])
        self.assertEqual(manifest["fusion"]["methods"], ["CONCATENATION"])
        tokens = trainer.tokenizer(["red dress"], return_tensors="np")
        ids = {name: tokens[name].astype(np.int64) for name in ("input_ids", "attention_mask")}
        pixels = as_input(trainer.garments.pixels[:1])
        found = [run(folder / "text.onnx", ids)[0], run(folder / "image.onnx", {"pixel_values": pixels.numpy()})[0]]
        with torch.no_grad():
            words = trainer.model.words(*(torch.from_numpy(ids[name]) for name in ids))
            features = torch.cat([words, trainer.model.pictures(pixels)], 1)
            logits = trainer.model.head(features)
        np.testing.assert_allclose(np.concatenate(found, 1), features.numpy(), atol=1e-4)
        heads = run(folder / "head.onnx", {"features": features.numpy()})
        for output, value in zip(logits.values(), heads, strict=True):
            np.testing.assert_allclose(value, output.numpy(), atol=1e-4)


def run(file: Path, feeds: dict[str, np.ndarray]) -> list[np.ndarray]:
    return onnxruntime.InferenceSession(file).run(None, feeds)


if __name__ == "__main__":
    unittest.main()
