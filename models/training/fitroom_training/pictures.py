"""Stage `pictures`: trains the picture encoder (cross-entropy per block, InfoNCE against a bundle's texts).

The learning rate depends on the share of `--minutes` that is done. The checkpoint stores it (picture_run.py), so a
stopped run continues from there and ends when its budget is used up.
"""

from __future__ import annotations

import argparse
import signal
import time
from functools import cache
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from .data import SERVED_PX, load_set
from .labels import color_targets, label_rows, label_sets, type_of_category
from .locked_words import LockedWords
from .losses import Proxies, class_loss, contrast, group_loss, soft_loss
from .paths import BUNDLE
from .picture_data import Batch, Mixture
from .picture_encoder import BLOCKS, PictureEncoder, join_blocks
from .picture_run import Run
from .retrieval import title_recall_at_10
from .serving import Bundle
from .shrink import shrunk
from .team import Team, run_team
from .warm_start import start_pictures

SIZES = ((0.6, 96), (1.01, SERVED_PX))  # (until this share of the budget, px): small pictures first
GENTLE_FROM = 0.8  # in the last fifth of the budget the pictures are closer to served ones


class PictureTask(nn.Module):
    """The encoder with the parts that only training needs. `loss` returns one number per batch."""

    def __init__(self, encoder: PictureEncoder, words: LockedWords) -> None:
        super().__init__()
        sets = label_sets()
        self.encoder, self.words = encoder, words
        self.category = Proxies(BLOCKS["type"], len(sets["category"]), 16.0)
        self.color = Proxies(BLOCKS["colour"], len(sets["color"]), 12.0)
        self.style = nn.ModuleDict(
            {n: Proxies(BLOCKS["style"], len(sets[n]), 12.0) for n in ("gender", "usage", "sub")}
        )
        self.ten = Proxies(BLOCKS["type"], len(sets["garmentType"]), 16.0)
        self.log_scale = nn.Parameter(torch.tensor(20.0).log())
        self.register_buffer("type_of", torch.from_numpy(type_of_category()))
        self.register_buffer("color_target", torch.from_numpy(color_targets()))

    def class_losses(self, blocks: dict[str, torch.Tensor], labels: dict[str, torch.Tensor]) -> torch.Tensor:
        category, color = self.category(blocks["type"]), self.color(blocks["colour"])
        known = labels["color"] >= 0
        ten = labels["garmentType"].where(labels["category"] < 0, torch.tensor(-1))
        loss = class_loss(category, labels["category"], 0.05) + 0.4 * group_loss(category, ten, self.type_of)
        loss = loss + 0.5 * class_loss(self.ten(blocks["type"]), labels["garmentType"], 0.05)
        loss = loss + 0.9 * soft_loss(color[known], self.color_target[labels["color"][known]])
        return loss + 0.3 * sum(class_loss(part(blocks["style"]), labels[n]) for n, part in self.style.items())

    def loss(self, batch: Batch) -> torch.Tensor:
        with torch.autocast("cpu", torch.bfloat16):
            blocks = self.encoder.blocks_of(batch.pixels)
        worded = batch.product >= 0
        words, fits = self.words.draw(batch.product[worded])
        pictures = join_blocks(blocks)[torch.from_numpy(worded)]
        said = contrast(words, pictures, fits, self.log_scale.exp().clamp(max=60))
        return self.class_losses(blocks, batch.labels) + 0.35 * said


@torch.no_grad()
def start_proxies(task: PictureTask, mixture: Mixture) -> None:
    """Initializes the proxy of each label with the mean of its blocks over some 6,000 products."""
    source = mixture.sources[0][0]
    rows = np.random.choice(len(source.rows), 6000, replace=False, p=source.chance)
    found = embed(task.encoder, source.pixels[np.sort(rows)], SIZES[0][1], fast=True).split(list(BLOCKS.values()), 1)
    parts = {name: F.normalize(part, dim=1) for name, part in zip(BLOCKS, found, strict=True)}
    targets = [("type", "category", task.category), ("type", "garmentType", task.ten), ("colour", "color", task.color)]
    for block, field, proxies in targets + [("style", name, part) for name, part in task.style.items()]:
        labels = torch.from_numpy(source.labels[field][np.sort(rows)])
        for label in labels[labels >= 0].unique():
            proxies.weight[label] = F.normalize(parts[block][labels == label].mean(0), dim=0)


@torch.no_grad()
def embed(encoder: PictureEncoder, pixels: np.ndarray, size: int = SERVED_PX, fast: bool = False) -> torch.Tensor:
    """Maps uint8 [n, px, px, 3] to unit embeddings float32 [n, 256], reduced to `size` if the set is larger.

    `fast` computes in bfloat16 (twice as fast, cosine to float32 above .999). Use it only for training pictures.
    """
    encoder.eval()
    found = []
    for start in range(0, len(pixels), 256):
        x = shrunk(pixels[start : start + 256], size)
        with torch.autocast("cpu", torch.bfloat16, enabled=fast):
            found.append(encoder(x).float())
    encoder.train()
    return torch.cat(found)


@cache
def val_titles(bundle: Path) -> torch.Tensor:
    return torch.from_numpy(
        Bundle(bundle).embed_texts([row["title"] for row in load_set("products-val", SERVED_PX)[0]])
    )


@torch.no_grad()
def validate(run: Run, task: PictureTask, size: int) -> str:
    """Returns one line of val figures with the running mean's weights. The trained weights are restored afterwards."""
    trained_state = {k: v.clone() for k, v in task.state_dict().items()}
    task.load_state_dict(run.mean)
    task.eval()
    figures = {}
    rows, pixels = load_set("products-val", SERVED_PX)
    labels = {name: torch.from_numpy(v) for name, v in label_rows(rows).items()}
    e = embed(task.encoder, pixels, size)
    parts = dict(zip(BLOCKS, (F.normalize(p, dim=1) for p in e.split(list(BLOCKS.values()), 1)), strict=True))
    guesses = {"garmentType": task.ten(parts["type"]), "category": task.category(parts["type"])}
    guesses |= {"color": task.color(parts["colour"])} | {n: task.style[n](parts["style"]) for n in ("gender", "usage")}
    for name, logits in guesses.items():
        known = labels[name] >= 0
        figures[name] = (logits[known].argmax(1) == labels[name][known]).float().mean().item()
    figures["title_r10"] = title_recall_at_10(val_titles(run.start), e).mean()
    home_rows, home = load_set("home-val", SERVED_PX)
    found = task.ten(F.normalize(embed(task.encoder, home, size)[:, : BLOCKS["type"]], dim=1)).argmax(1)
    figures["home"] = (found == torch.from_numpy(label_rows(home_rows)["garmentType"])).float().mean().item()
    task.load_state_dict(trained_state)
    task.train()
    return " ".join(f"{name} {value:.3f}" for name, value in figures.items())


def learn(run: Run, task: PictureTask, batch: Batch, team: Team) -> float:
    """Runs one step of the whole team. Returns this member's loss."""
    run.set_rate()
    loss = task.loss(batch)
    for optimizer in run.optimizers:
        optimizer.zero_grad()
    loss.backward()
    team.average_gradients(task)
    nn.utils.clip_grad_norm_(task.parameters(), 2.0)
    for optimizer in run.optimizers:
        optimizer.step()
    run.step += 1
    if team.rank == 0:
        run.update_mean()
    return loss.item()


def started_task(mixture: Mixture, bundle: Path) -> PictureTask:
    """Returns the task, started from the bundle's picture encoder and trained against its texts."""
    task = PictureTask(PictureEncoder(), LockedWords(mixture.rows, bundle))
    source, px = mixture.sources[0][0], SIZES[0][1]
    start_pictures(task.encoder, str(bundle / "image.onnx"), shrunk(source.pixels[::90], px))
    start_proxies(task, mixture)
    return task


def member(rank: int, size: int, meeting: str, options: argparse.Namespace) -> None:
    """Training loop of one process. The first process keeps the time, validates and saves."""
    torch.set_num_threads(options.threads)
    team, mixture = Team(rank, size, meeting), Mixture()
    torch.manual_seed(1)
    np.random.seed(1)
    task = started_task(mixture, options.start).to(memory_format=torch.channels_last)
    run = Run(task, options)
    torch.manual_seed(run.step * size + rank)
    np.random.seed(run.step * size + rank)
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopped.append(number))
    saved = checked = time.time()
    total, over = 0.0, False
    while not over:
        start = time.time()
        px = next(px for until, px in SIZES if run.progress() < until)
        batch = mixture.batch(options.batch // size, px, gentle=run.progress() > GENTLE_FROM)
        total += learn(run, task, batch, team)
        run.trained += min(time.time() - start, 6.0)  # a pause does not count as training
        run.trained, ended = team.from_first(run.trained, len(stopped))
        over = run.progress() >= 1 or ended > 0
        if rank == 0 and run.step % 50 == 0:
            print(f"step {run.step} px {px} min {run.trained / 60:.1f} loss {total / 50:.3f}", flush=True)
            total = 0.0
        if rank == 0 and (time.time() - saved > 240 or over):
            run.save()
            saved = time.time()
        if rank == 0 and (time.time() - checked > 420 or run.progress() >= 1):
            print(f"val step {run.step}: {validate(run, task, px)}", flush=True)
            checked = time.time()


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--name", default="pictures")
    arguments.add_argument("--minutes", type=float, default=75)
    arguments.add_argument("--batch", type=int, default=256, help="batch size over all processes")
    arguments.add_argument("--rate", type=float, default=8e-4)
    arguments.add_argument("--start", type=Path, default=BUNDLE, help="bundle whose weights training starts from")
    arguments.add_argument("--processes", type=int, default=2)
    arguments.add_argument("--threads", type=int, default=1, help="threads of each process")
    options = arguments.parse_args()
    torch.set_num_threads(options.processes)
    LockedWords(Mixture().rows, options.start)  # embeds them once for all processes
    run_team(options.processes, member, options)


if __name__ == "__main__":
    main()
