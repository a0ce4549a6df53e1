"""Stage `words`: fits the text encoder to the embedding space of the pictures, which do not change.

Pictures are cached embeddings. Each step draws texts (titles and filled templates, English and Chinese) and a gallery
of training pictures. The target of a text is every picture that has the labels it names. The learning rate depends on
the share of `--minutes` that is done.
"""
from __future__ import annotations

import argparse
import math
import random
import time
from pathlib import Path

import numpy as np
import torch
from torch import nn
from torch.nn import functional as F

from .data import SERVED_PX, load_set
from .features import load_pictures, picture_features, worded_pictures
from .labels import label_rows, label_sets
from .losses import class_loss, normalised, soft_loss
from .paths import RUNS
from .phrases import Lexicon, Phrase, PhraseMaker
from .picture_encoder import BLOCKS
from .retrieval import (
    asked_categories,
    composed_precision,
    mixed,
    precision_at_10,
    swap_relevance,
    swaps,
    title_recall_at_10,
)
from .text_encoder import TextEncoder, embed_texts, encode_batch, pretrained
from .vocabulary import build_tokenizer, learned_rows, tie_traditional
from .warm_start import start_words
from .word_targets import Targets, gate_loss

MIX = (("title", 0.34), ("garment", 0.32), ("expression", 0.10), ("color", 0.15), ("plain", 0.09))
GALLERY = 3072


def draw_phrases(maker: PhraseMaker, rows: np.ndarray, chooser: random.Random) -> list[Phrase]:
    kinds = chooser.choices([k for k, _ in MIX], [w for _, w in MIX], k=len(rows))
    return [
        maker.title(row) if kind == "title" else maker.typed(kind, row, chooser.choice(("en", "zh")))
        for row, kind in zip(rows.tolist(), kinds, strict=True)
    ]


class WordsTask(nn.Module):
    """The text encoder and a learned temperature; the pictures' class proxies do not change.

    `learned` [ids, 1] is 1 for rows of the embedding table that training may change.
    """

    def __init__(self, encoder: TextEncoder, proxies: dict[str, torch.Tensor], learned: torch.Tensor) -> None:
        super().__init__()
        encoder.words.weight.register_hook(lambda grad: grad * learned)
        self.encoder, self.proxies = encoder, proxies
        self.log_scale = nn.Parameter(torch.tensor(20.0).log())

    def class_losses(self, words: torch.Tensor, phrases: list[Phrase]) -> torch.Tensor:
        """Adds the loss of classifying each named slot from its block, with the class proxies of the picture
        training."""
        parts = dict(zip(BLOCKS, (F.normalize(p, dim=1) for p in words.split(list(BLOCKS.values()), 1)), strict=True))
        single = torch.tensor([p.categories[0] if len(p.categories) == 1 else -1 for p in phrases])
        loss = class_loss(parts["type"] @ self.proxies["category"].T, single)
        color = torch.tensor([p.color for p in phrases])
        loss = loss + class_loss(parts["colour"] @ self.proxies["color"].T, color)
        for name in ("gender", "usage"):
            label = torch.tensor([getattr(p, name) for p in phrases])
            loss = loss + 0.5 * class_loss(parts["style"] @ self.proxies[name].T, label)
        return loss

    def loss(self, batch: tuple, gallery: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        """batch = (phrases, ids, mask); gallery [g, 256], target [phrases, g]. Titles are also contrasted in the
        other direction."""
        phrases, ids, mask = batch
        with torch.autocast("cpu", torch.bfloat16):
            words = self.encoder(ids, mask).float()
        scale = self.log_scale.exp().clamp(max=60)
        logits = scale * words @ gallery.T
        titles = torch.tensor([p.row >= 0 for p in phrases])
        own = target.where(titles[:, None], torch.zeros(()))
        back = own.T[own.T.sum(1) > 0.9]  # pictures whose own title is in the batch
        pictured = logits.T[own.T.sum(1) > 0.9].masked_fill(~titles[None], -1e4)
        loss = soft_loss(logits, normalised(target)) + 0.3 * soft_loss(pictured, normalised(back))
        return loss + 0.2 * self.class_losses(words, phrases) + 0.5 * gate_loss(words, phrases)


def validate(encoder: TextEncoder, tokenizer, lexicon: Lexicon, pictures: torch.Tensor) -> str:
    """Returns one line: title R@10, category words P@10, composed nP@10 against either half alone, English and
    Chinese."""
    rows, _ = load_set("products-val", SERVED_PX)
    labels, sets = label_rows(rows), label_sets()
    said = embed_texts(encoder, tokenizer, [row["title"] for row in rows])
    figures = {"title_r10": title_recall_at_10(said, pictures).mean()}
    asked = asked_categories(labels)
    relevant = torch.from_numpy(labels["category"][None] == np.array(asked)[:, None])
    found = swaps(labels)
    own = [row for row, _ in found]
    for language, phrase in (("en", "in {}"), ("zh", "换成{}")):
        names = [lexicon.categories[c][language][0] for c in asked]
        figures[f"category_{language}"] = precision_at_10(
            embed_texts(encoder, tokenizer, names), pictures, relevant
        ).mean()
        colors = [lexicon.words["color"][i][language][0] for i in range(len(sets["color"]))]
        changes = embed_texts(encoder, tokenizer, [phrase.format(c) for c in colors])[[c for _, c in found]]
        for weight in (0.0, 0.5, 0.6, 0.7, 1.0):
            queries = mixed(changes, pictures[own], weight)
            score = composed_precision(queries, pictures, swap_relevance(labels, found), own).mean()
            figures[f"composed_{language}_{weight}"] = score
    return " ".join(f"{name} {value:.3f}" for name, value in figures.items())


def parameter_groups(task: WordsTask, rate: float) -> list[dict]:
    head = [*task.encoder.head.parameters(), task.log_scale]
    body = [p for n, p in task.encoder.named_parameters() if not n.startswith(("head.", "words."))]
    return [
        {"params": head, "lr": rate * 5, "base": rate * 5, "weight_decay": 0.0},
        {"params": [task.encoder.words.weight], "lr": rate * 2, "base": rate * 2, "weight_decay": 0.0},
        {"params": body, "lr": rate, "base": rate, "weight_decay": 0.01},
    ]


def save(task: WordsTask, path: Path, state: dict) -> None:
    torch.save(
        {"encoder": task.encoder.state_dict(), "log_scale": task.log_scale.data, **state}, path.with_suffix(".partial")
    )
    path.with_suffix(".partial").rename(path)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--name", default="words.pt")
    arguments.add_argument("--start", type=Path, help="bundle whose text encoder training starts from")
    arguments.add_argument("--minutes", type=float, default=25)
    arguments.add_argument("--batch", type=int, default=192)
    arguments.add_argument("--rate", type=float, default=2e-4)
    arguments.add_argument("--threads", type=int, default=2)
    options = arguments.parse_args()
    torch.set_num_threads(options.threads)
    torch.manual_seed(2)
    np.random.seed(int(time.time()))
    pictures = load_pictures()
    features = picture_features(pictures)
    tokenizer, origin = build_tokenizer()
    task = WordsTask(pretrained(tokenizer, origin), pictures.proxies, learned_rows(tokenizer))
    if options.start:
        start_words(task.encoder, tokenizer, options.start)
    if (RUNS / options.name).exists():
        saved = torch.load(RUNS / options.name)
        task.encoder.load_state_dict(saved["encoder"])
        task.log_scale.data.copy_(saved["log_scale"])
        print("continuing from the earlier", options.name, flush=True)
    train(task, (tokenizer, Lexicon(), features), options, pictures.step)


def train(task: WordsTask, parts: tuple, options: argparse.Namespace, picture_step: int) -> None:
    """Trains until the minutes are over, with a validation line every two minutes and a checkpoint every four."""
    tokenizer, lexicon, features = parts
    rows, embedded = worded_pictures(features)
    maker = PhraseMaker(rows, lexicon, int(time.time()))
    targets = Targets(maker.labels, maker.attributes, maker.titles)
    counts = np.bincount(maker.labels["category"] + 1)
    rare = counts[maker.labels["category"] + 1] ** -0.5
    chance = 0.6 / len(rows) + 0.4 * rare / rare.sum()
    chooser = random.Random(int(time.time()))
    optimizer = torch.optim.AdamW(parameter_groups(task, options.rate))
    start_time, step, total, checked, saved = time.time(), 0, 0.0, time.time(), time.time()
    while (progress := (time.time() - start_time) / (60 * options.minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = (
                group["base"] * min(1.0, (step + 1) / 40) * max(0.01, 0.5 * (1 + math.cos(math.pi * progress)))
            )
        picked = np.random.choice(len(rows), options.batch, p=chance)
        phrases = draw_phrases(maker, picked, chooser)
        gallery = np.union1d(picked, np.random.choice(len(rows), GALLERY, replace=False))
        target = torch.from_numpy(np.stack([targets.row(p, gallery) for p in phrases]))
        batch = (phrases, *encode_batch(tokenizer, [p.text for p in phrases]))
        loss = task.loss(batch, embedded[torch.from_numpy(gallery)], target)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(task.parameters(), 1.0)
        optimizer.step()
        step, total = step + 1, total + loss.item()
        if step % 25 == 0:
            print(
                f"step {step} {progress:.0%} loss {total / 25:.3f} scale {task.log_scale.exp().item():.1f}", flush=True
            )
            total = 0.0
        if time.time() - checked > 150:
            print("val", validate(task.encoder, tokenizer, lexicon, features["products-val"]), flush=True)
            checked = time.time()
        if time.time() - saved > 240:
            save(task, RUNS / options.name, {"picture_step": picture_step, "step": step})
            saved = time.time()
    with torch.no_grad():
        tie_traditional(tokenizer, task.encoder.words.weight)
    print("val", validate(task.encoder, tokenizer, lexicon, features["products-val"]), flush=True)
    save(task, RUNS / options.name, {"picture_step": picture_step, "step": step})


if __name__ == "__main__":
    main()
