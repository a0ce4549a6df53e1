"""Stage `bert_vit`: transfer learning of BERT-base and ViT-base with a head Linear(768 + 768 -> 10).

The first phase trains the head on features of the frozen encoders, embedded once. The second phase fine-tunes
everything. bert_vit_export writes the bundle. Weights are read with `from_pretrained`: from a folder, or by name if the
hub or its cache is reachable. The server also reads category, color, gender and usage, which have linear outputs next
to the ten types. Training leaves out one modality at times, because requests often have only one.

python -m fitroom_training.bert_vit --data runs/drawn [more.tar …] [--bert FOLDER] [--vit FOLDER]
"""

from __future__ import annotations

import argparse
import math
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import nn
from torch.nn import functional as F
from transformers import AutoTokenizer, BertModel, PreTrainedTokenizerBase, ViTModel

from .bert_vit_data import OUTPUTS, Garments, as_input, label_names, read_garments
from .paths import PROJECT, RUNS

MAX_TOKENS = 64
EMBED_BATCH = 32
SIDE_OUT = 0.25  # share of a batch without a picture, and the same share without text


class BertVit(nn.Module):
    """Class tokens of both encoders, each of unit length, as F = [F_t ; F_i], and a linear map to each output."""

    def __init__(self, bert: BertModel, vit: ViTModel, sizes: dict[str, int]) -> None:
        super().__init__()
        if bert.config.hidden_size != vit.config.hidden_size:
            raise ValueError("F_t and F_i of a bundle must have the same length")
        self.bert, self.vit, self.width = bert, vit, bert.config.hidden_size
        self.outputs = nn.ModuleDict({name: nn.Linear(2 * self.width, count) for name, count in sizes.items()})

    def words(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        found = self.bert(input_ids=input_ids, attention_mask=attention_mask)
        return F.normalize(found.last_hidden_state[:, 0], dim=1)

    def pictures(self, pixels: torch.Tensor) -> torch.Tensor:
        return F.normalize(self.vit(pixel_values=pixels).last_hidden_state[:, 0], dim=1)

    def head(self, features: torch.Tensor) -> dict[str, torch.Tensor]:
        """Maps [b, 2 × width], with zeros for an absent half, to logits per output. √width scales the components to
        about 1."""
        scaled = math.sqrt(self.width) * features
        return {name: output(scaled) for name, output in self.outputs.items()}


@dataclass
class Phase:
    """One phase of the training: `frozen` or `tuned`."""

    name: str
    steps: int
    batch: int
    rates: dict[str, float]  # part of the model -> learning rate
    every: int = 200  # steps between two checkpoints


class Trainer:
    def __init__(self, model: BertVit, tokenizer: PreTrainedTokenizerBase, garments: Garments, run: Path) -> None:
        self.model, self.tokenizer, self.garments, self.run = model, tokenizer, garments, run
        self.rows = torch.nonzero(~garments.is_val)[:, 0]
        self.weights = {name: class_weights(garments.labels[name][self.rows], n) for name, n in sizes().items()}

    def train(self, phases: list[Phase], stop_after: int | None = None) -> None:
        """Runs the phases from their checkpoints. `stop_after` ends a phase early, as a crash would."""
        for phase in phases:
            if phase.steps > 0:
                self.train_phase(phase, min(phase.steps, stop_after or phase.steps))

    def train_phase(self, phase: Phase, until: int) -> None:
        parts = {name: self.model.get_submodule(name) for name in phase.rates}
        optimizer = torch.optim.AdamW([{"params": parts[n].parameters(), "lr": r} for n, r in phase.rates.items()])
        start = self.resume(phase, parts, optimizer)
        features = self.embedded() if phase.name == "frozen" and start < until else None
        self.model.train(phase.name != "frozen")
        for step in range(start, until):
            torch.manual_seed(step)  # a resumed run takes the same steps
            rows = self.rows[torch.randint(len(self.rows), (phase.batch,))]
            found = features[rows] if features is not None else self.embed(rows)
            loss = self.loss(self.model.head(without_sides(found)), rows)
            set_rates(optimizer, phase, step)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            if (step + 1) % phase.every == 0 or step + 1 == until:
                self.save(phase, step + 1, parts, optimizer)
                print(f"{phase.name} step {step + 1} of {phase.steps}, loss {loss.item():.3f}", flush=True)

    def loss(self, logits: dict[str, torch.Tensor], rows: torch.Tensor) -> torch.Tensor:
        total = torch.zeros(())
        for name, found in logits.items():
            labels = self.garments.labels[name][rows]
            if (labels >= 0).any():
                total = total + F.cross_entropy(found, labels, self.weights[name], ignore_index=-1)
        return total

    def embed(self, rows: torch.Tensor) -> torch.Tensor:
        """Maps garments to F, float [rows, 2 × width]."""
        titles = [self.garments.titles[i] for i in rows.tolist()]
        tokens = self.tokenizer(titles, padding=True, truncation=True, max_length=MAX_TOKENS, return_tensors="pt")
        pictures = self.model.pictures(as_input(self.garments.pixels[rows.numpy()]))
        return torch.cat([self.model.words(tokens["input_ids"], tokens["attention_mask"]), pictures], 1)

    @torch.no_grad()
    def embedded(self) -> torch.Tensor:
        """Returns F of every garment."""
        self.model.eval()
        return torch.cat([self.embed(rows) for rows in torch.arange(len(self.garments.titles)).split(EMBED_BATCH)])

    @torch.no_grad()
    def figures(self) -> list[dict]:
        """Returns the accuracies on the held-out rows, by text, by picture and by both."""
        val = torch.nonzero(self.garments.is_val)[:, 0]
        if len(val) == 0:
            return []
        self.model.eval()
        features = torch.cat([self.embed(rows) for rows in val.split(EMBED_BATCH)])
        width, found = self.model.width, []
        keeps = {"words": (1, 0), "picture": (0, 1), "both": (1, 1)}
        for side, (words, picture) in keeps.items():
            masked_features = torch.cat([features[:, :width] * words, features[:, width:] * picture], 1)
            for name, logits in self.model.head(masked_features).items():
                labels = self.garments.labels[name][val]
                known = labels >= 0
                if known.any():
                    right = (logits.argmax(1) == labels)[known].float().mean().item()
                    found.append({"name": f"{name}.{side}", "value": round(right, 4), "rows": int(known.sum())})
        return found

    def checkpoint(self, phase: Phase) -> Path:
        return self.run / f"{phase.name}.pt"

    def resume(self, phase: Phase, parts: dict[str, nn.Module], optimizer: torch.optim.Optimizer) -> int:
        """Loads the phase's checkpoint into model and optimizer. Returns the number of completed steps."""
        if not self.checkpoint(phase).exists():
            return 0
        saved = torch.load(self.checkpoint(phase))
        for name, part in parts.items():
            part.load_state_dict(saved["parts"][name])
        optimizer.load_state_dict(saved["optimizer"])
        return saved["step"]

    def save(self, phase: Phase, step: int, parts: dict[str, nn.Module], optimizer: torch.optim.Optimizer) -> None:
        partial = self.checkpoint(phase).with_suffix(".partial")
        state = {name: part.state_dict() for name, part in parts.items()}
        torch.save({"step": step, "parts": state, "optimizer": optimizer.state_dict()}, partial)
        partial.rename(self.checkpoint(phase))


def sizes() -> dict[str, int]:
    return {name: len(label_names()[name]) for name in OUTPUTS}


def class_weights(labels: torch.Tensor, count: int) -> torch.Tensor:
    """Returns rows / (present classes × rows of the class), so that every class has the same total weight; 0 without
    rows."""
    rows = torch.bincount(labels[labels >= 0], minlength=count).float()
    return torch.where(rows > 0, rows.sum() / ((rows > 0).sum().clamp(min=1) * rows.clamp(min=1)), 0.0)


def without_sides(features: torch.Tensor) -> torch.Tensor:
    """Removes the text of some rows and the picture of others."""
    half = features.shape[1] // 2
    chance = torch.rand(len(features), 1)
    return torch.cat([features[:, :half] * (chance >= SIDE_OUT), features[:, half:] * (chance < 1 - SIDE_OUT)], 1)


def set_rates(optimizer: torch.optim.Optimizer, phase: Phase, step: int) -> None:
    """Returns the schedule: a warm-up over a tenth of the steps, then half a cosine."""
    warm = max(1, phase.steps // 10)
    factor = min(1.0, (step + 1) / warm) * (1 + math.cos(math.pi * step / phase.steps)) / 2
    for group, rate in zip(optimizer.param_groups, phase.rates.values(), strict=True):
        group["lr"] = rate * factor


def phases_of(frozen: int, tuned: int, batch: int = 32) -> list[Phase]:
    return [
        Phase("frozen", frozen, 256, {"outputs": 1e-3}),
        Phase("tuned", tuned, batch, {"bert": 2e-5, "vit": 2e-5, "outputs": 2e-4}),
    ]


def main() -> None:
    from .bert_vit_export import export_bundle

    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--data", type=Path, nargs="+", required=True, help="folders or tars with metadata.jsonl")
    arguments.add_argument("--bert", default="bert-base-uncased", help="a folder, or a name on the hub")
    arguments.add_argument("--vit", default="google/vit-base-patch16-224")
    arguments.add_argument("--frozen-steps", type=int, default=2000)
    arguments.add_argument("--tuned-steps", type=int, default=1000)
    arguments.add_argument("--batch", type=int, default=32, help="batch size of the fine-tuning")
    arguments.add_argument("--run", type=Path, default=RUNS / "bert-vit", help="folder for checkpoints")
    arguments.add_argument("--out", type=Path, default=PROJECT / "models" / "bert-vit", help="folder of the bundle")
    options = arguments.parse_args()
    options.run.mkdir(parents=True, exist_ok=True)
    # the poolers of ViT and BERT are not used, only the class token
    bert, vit = (
        kind.from_pretrained(name, add_pooling_layer=False)
        for kind, name in ((BertModel, options.bert), (ViTModel, options.vit))
    )
    garments = read_garments(options.data, vit.config.image_size, options.run)
    trainer = Trainer(BertVit(bert, vit, sizes()), AutoTokenizer.from_pretrained(options.bert), garments, options.run)
    trainer.train(phases_of(options.frozen_steps, options.tuned_steps, options.batch))
    export_bundle(trainer.model, trainer.tokenizer, options.out, trainer.figures())


if __name__ == "__main__":
    main()
