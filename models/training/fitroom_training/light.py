"""Stage `light`: two smaller encoders that imitate the released ones, so that head, fusion and catalog stay the same.

The light bundle leaves out blocks, layers and pixels. The first layers of each encoder start from their trained
weights, and the target is the full encoder's embedding (cosine). A second run continues from runs/light.pt.
"""

from __future__ import annotations

import argparse
import random
import time

import numpy as np
import torch
from torch import nn
from torch.utils.flop_counter import FlopCounterMode

from .augment import View, augmented
from .data import CROP_PX, SERVED_PX, load_set
from .features import load_pictures, picture_features, worded_pictures
from .paths import RUNS
from .phrases import Lexicon, PhraseMaker
from .picture_encoder import PictureEncoder
from .text_encoder import TextEncoder, embed_texts, encode_batch, load_words
from .words import draw_phrases

LIGHT_PX, LIGHT_BLOCKS, LIGHT_LAYERS = 64, 4, 2
SETS = (("products-train", SERVED_PX, 0.72), ("hires-train", CROP_PX, 0.14), ("home-train", CROP_PX, 0.14))


def shortened(pictures: PictureEncoder, words: TextEncoder) -> tuple[PictureEncoder, TextEncoder]:
    """Returns copies with only the first blocks and layers."""
    light_pictures, light_words = (
        PictureEncoder(depth=LIGHT_BLOCKS),
        TextEncoder(words.words.num_embeddings, LIGHT_LAYERS),
    )
    for light, full in ((light_pictures, pictures), (light_words, words)):
        own = set(light.state_dict())
        light.load_state_dict({name: value for name, value in full.state_dict().items() if name in own})
    return light_pictures, light_words


def distance(student: torch.Tensor, teacher: torch.Tensor) -> torch.Tensor:
    """Returns the mean of 1 − cosine, both [b, 256] of unit length."""
    return 1 - (student.float() * teacher).sum(1).mean()


class Imitation:
    """Batches of pictures and phrases with their embeddings by the full encoders."""

    def __init__(self) -> None:
        features = picture_features(load_pictures())
        self.sets = [(load_set(name, px)[1], features[name], share) for name, px, share in SETS]
        self.full, self.tokenizer = load_words()
        self.maker = PhraseMaker(worded_pictures(features)[0], Lexicon(), 31)
        self.chooser = random.Random(31)

    def pictures(self, count: int, gentle: bool) -> tuple[torch.Tensor, torch.Tensor]:
        pixels, targets = [], []
        for source, embedded, share in self.sets:
            rows = np.random.randint(len(source), size=round(count * share))
            stacked = torch.from_numpy(np.stack([source[i] for i in rows]))
            pixels.append(augmented(stacked, View(LIGHT_PX, 0.1, gentle)))
            targets.append(embedded[torch.from_numpy(rows)])
        return torch.cat(pixels), torch.cat(targets)

    def words(self, count: int) -> tuple[torch.Tensor, torch.Tensor, torch.Tensor]:
        phrases = draw_phrases(self.maker, np.random.randint(len(self.maker.rows), size=count), self.chooser)
        texts = [phrase.text for phrase in phrases]
        return *encode_batch(self.tokenizer, texts), embed_texts(self.full, self.tokenizer, texts, fast=True)


def train(module: nn.Module, minutes: float, rate: float, loss_of) -> None:
    """Trains until the minutes are over; `loss_of(progress)` returns one number."""
    optimizer = torch.optim.AdamW([p for p in module.parameters() if p.requires_grad], rate, weight_decay=0.01)
    start, step, total = time.time(), 0, 0.0
    while (progress := (time.time() - start) / (60 * minutes)) < 1:
        for group in optimizer.param_groups:
            group["lr"] = rate * min(1, (step + 1) / 50) * max(0.02, 1 - progress)
        loss = loss_of(progress)
        optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(module.parameters(), 1.0)
        optimizer.step()
        step, total = step + 1, total + loss.item()
        if step % 100 == 0:
            print(f"step {step} {progress:.0%} distance {total / 100:.4f}", flush=True)
            total = 0.0


@torch.no_grad()
def multiplications(module: nn.Module, *inputs: torch.Tensor) -> float:
    """Returns the millions of multiply-adds of one run."""
    with FlopCounterMode(display=False) as counter:
        module.eval()(*inputs)
    return counter.get_total_flops() / 2e6


def print_compute(full: tuple[nn.Module, nn.Module], light: tuple[nn.Module, nn.Module], tokenizer) -> None:
    """Counts one picture at the size of each encoder, and text of ten tokens."""
    ids, mask = encode_batch(tokenizer, ["a red summer dress for a beach wedding"])
    counts = []
    for (pictures, words), px in ((full, SERVED_PX), (light, LIGHT_PX)):
        pixels = torch.zeros(1, 3, px, px, dtype=torch.uint8)
        counts.append((multiplications(pictures, pixels), multiplications(words, ids, mask)))
    whole, part = ((*count, sum(count)) for count in counts)
    for name, of, takes in zip(("picture", "words", "both"), whole, part, strict=True):
        print(f"{name}: {takes:.0f} of {of:.0f} million multiply-adds, {takes / of:.0%}", flush=True)


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--picture-minutes", type=float, default=10)
    arguments.add_argument("--word-minutes", type=float, default=5)
    options = arguments.parse_args()
    torch.manual_seed(8)
    np.random.seed(8)
    imitation = Imitation()
    pictures, words = shortened(load_pictures().encoder, imitation.full)
    if (RUNS / "light.pt").exists():
        saved = torch.load(RUNS / "light.pt")
        pictures.load_state_dict(saved["pictures"])
        words.load_state_dict(saved["words"])
        print("continuing from the earlier light encoders", flush=True)
    words.words.weight.requires_grad = False  # the table is most of the file and stays that of the full bundle

    def picture_loss(progress: float) -> torch.Tensor:
        pixels, target = imitation.pictures(256, progress > 0.5)
        with torch.autocast("cpu", torch.bfloat16):
            found = pictures(pixels.contiguous(memory_format=torch.channels_last))
        return distance(found, target)

    def word_loss(_: float) -> torch.Tensor:
        ids, mask, target = imitation.words(192)
        with torch.autocast("cpu", torch.bfloat16):
            found = words(ids, mask)
        return distance(found, target)

    train(pictures.train(), options.picture_minutes, 6e-4, picture_loss)
    train(words.train(), options.word_minutes, 3e-4, word_loss)
    torch.save({"pictures": pictures.state_dict(), "words": words.state_dict()}, RUNS / "light.partial")
    (RUNS / "light.partial").rename(RUNS / "light.pt")
    print_compute((load_pictures().encoder, imitation.full), (pictures, words), imitation.tokenizer)


if __name__ == "__main__":
    main()
