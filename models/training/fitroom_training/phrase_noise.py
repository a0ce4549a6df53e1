"""Noise in typed text: typos, lost and doubled letters, missing spaces, changed word order, small talk."""

from __future__ import annotations

import random

from .labels import read_lexicon

KEYS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
NEIGHBOURS = {
    letter: [row[j] for j in (i - 1, i + 1) if 0 <= j < len(row)] for row in KEYS for i, letter in enumerate(row)
}


def is_chinese(text: str) -> bool:
    return any("\u4e00" <= c <= "\u9fff" for c in text)


def typo(word: str, chooser: random.Random) -> str:
    """Makes one typo in a word of at least four letters: a swapped, lost, doubled or neighboring key."""
    if len(word) < 4 or not word.isascii() or not word.isalpha():
        return word
    i, kind = chooser.randrange(len(word) - 1), chooser.random()
    if kind < 0.35:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    if kind < 0.65:
        return word[: i + 1] + word[i + 2 :]
    if kind < 0.8:
        return word[:i] + word[i] + word[i:]
    return word[:i] + chooser.choice(NEIGHBOURS.get(word[i].lower(), [word[i]])) + word[i + 1 :]


def disturbed(text: str, chooser: random.Random) -> str:
    """Returns the text unchanged in half of the cases, else with one or two kinds of noise."""
    roll = chooser.random()
    if roll < 0.55:
        return text
    words = text.split(" ")
    if roll < 0.72 and not is_chinese(text):
        at = chooser.randrange(len(words))
        words[at] = typo(words[at], chooser)
        return " ".join(words)
    if roll < 0.80 and len(words) > 1:
        chooser.shuffle(words)
        return " ".join(words)
    if roll < 0.84 and len(words) > 1:
        at = chooser.randrange(len(words) - 1)
        return " ".join([*words[:at], words[at] + words[at + 1], *words[at + 2 :]])
    if roll < 0.95:
        talk = chooser.choice(read_lexicon("small-talk")["zh" if is_chinese(text) else "en"])
        return text + talk if talk.startswith(" ") or chooser.random() < 0.5 else talk + text
    if is_chinese(text) and len(text) > 3:
        at = chooser.randrange(len(text) - 1)
        return text[:at] + " " + text[at:]
    return text.upper() if chooser.random() < 0.3 else text.title()
