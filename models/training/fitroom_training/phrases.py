"""Texts that shoppers might type about a garment: titles and variants, filled templates in English and Chinese, junk.

Each text comes with the slots that it names. Templates and synonyms under `heldOut` are used only for evaluation.
"""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, field

import numpy as np

from .labels import label_rows, label_sets, read_lexicon
from .phrase_noise import disturbed

PLACEHOLDER = re.compile(r"\{(\w)\}")


@dataclass
class Phrase:
    """A text, the slots that it names (`category` may be several) and, for a title, its row (else -1)."""

    text: str
    categories: list[int] = field(default_factory=list)
    color: int = -1
    gender: int = -1
    usage: int = -1
    attribute: int = -1
    row: int = -1


def whole_words(words: list[str]) -> re.Pattern:
    return re.compile(r"(?<![a-z0-9])(?:" + "|".join(map(re.escape, words)) + r")(?![a-z0-9])")


class Lexicon:
    """The word lists, with labels as indices of the head's outputs."""

    def __init__(self) -> None:
        self.sets = label_sets()
        index = {name: i for i, name in enumerate(self.sets["category"])}
        self.categories = {index[n]: entry for n, entry in read_lexicon("categories").items() if n in index}
        groups = read_lexicon("category-groups").values()
        self.groups = [(entry, [index[n] for n in entry["categories"] if n in index]) for entry in groups]
        self.words = {
            "color": self.by_index("colors", "color"),
            "gender": self.by_index("genders", "gender"),
            "usage": self.by_index("usages", "usage"),
        }
        self.attributes = list(read_lexicon("attributes").values())
        self.expressions = [self.expression(entry) for entry in read_lexicon("expressions").values()]
        self.templates = read_lexicon("templates")

    def expression(self, entry: dict) -> dict:
        """Returns an entry of expressions.json ("something for the beach") with its labels as indices; -1 = not
        named."""
        found = {
            "categories": [
                self.sets["category"].index(n) for n in entry.get("categories", []) if n in self.sets["category"]
            ]
        }
        for output in ("color", "gender", "usage"):
            found[output] = self.sets[output].index(entry[output]) if output in entry else -1
        return {**found, "en": entry["en"], "zh": entry["zh"]}

    def by_index(self, name: str, output: str) -> dict[int, dict]:
        entries = read_lexicon(name)
        return {i: entries[label] for i, label in enumerate(self.sets[output]) if label in entries}

    def attribute_matrix(self, titles: list[str]) -> np.ndarray:
        """Returns bool [titles, attributes]: which attributes each title names."""
        patterns = [whole_words(a["words"]) for a in self.attributes]
        return np.array([[p.search(title) is not None for p in patterns] for title in map(str.lower, titles)])


class PhraseMaker:
    """Draws phrases about rows of one set of products. `held_out` draws from the evaluation's templates instead."""

    def __init__(self, rows: list[dict], lexicon: Lexicon, seed: int = 0) -> None:
        self.rows, self.lexicon = rows, lexicon
        self.titles = [row["title"] for row in rows]
        self.labels = label_rows(rows)
        self.attributes = lexicon.attribute_matrix(self.titles)
        self.random = random.Random(seed)
        self.mixing = 0.0  # probability that a word comes from the other language
        stop = [w for name in ("genders", "colors", "attributes") for e in read_lexicon(name).values() for w in e["en"]]
        stop += [w for e in read_lexicon("categories").values() for w in e["en"] + e["heldOut"]["en"]]
        self.not_brand = {word.lower() for phrase in stop for word in phrase.split()} | {"mens", "womens", "s"}

    def template(self, kind: str, row: int, language: str, held_out: bool = False) -> Phrase:
        """Returns a filled template of `kind` (garment, color, plain) about the row, or names only the type if none
        can be filled."""
        source = self.lexicon.templates["heldOut"] if held_out else self.lexicon.templates
        for _ in range(8):
            text = self.random.choice(source[kind][language])
            filled = self.fill(text, row, language)
            if filled:
                return filled
        return self.fill("{t}", row, language) or Phrase("clothes")

    def typed(self, kind: str, row: int, language: str) -> Phrase:
        """Returns a template as typed by a shopper: sometimes with words of the other language, typos and small
        talk."""
        self.mixing = 0.5 if self.random.random() < 0.1 else 0.0
        phrase = self.template(kind, row, language)
        self.mixing = 0.0
        phrase.text = disturbed(phrase.text, self.random)
        return phrase

    def fill(self, text: str, row: int, language: str) -> Phrase | None:
        """Fills every placeholder from the row's labels. None if the row lacks one of them."""
        phrase = Phrase(text)
        for letter in PLACEHOLDER.findall(text):
            other = "zh" if language == "en" else "en"
            spoken = other if self.mixing and self.random.random() < self.mixing else language
            word = self.word_for(letter, row, spoken, phrase)
            if word is None:
                return None
            phrase.text = phrase.text.replace("{" + letter + "}", word, 1)
        return phrase

    def word_for(self, letter: str, row: int, language: str, phrase: Phrase) -> str | None:
        if letter == "t":
            return self.category_word(int(self.labels["category"][row]), language, phrase)
        if letter == "x":
            return self.expression_word(row, language, phrase)
        if letter == "a":
            named = np.flatnonzero(self.attributes[row])
            if not len(named):
                return None
            phrase.attribute = int(self.random.choice(named))
            return self.random.choice(self.lexicon.attributes[phrase.attribute][language])
        if letter == "n":
            other = self.random.choice([c for c in self.lexicon.words["color"] if c != self.labels["color"][row]])
            return self.random.choice(self.lexicon.words["color"][other][language])
        output = {"c": "color", "g": "gender", "u": "usage"}[letter]
        value = int(self.labels[output][row])
        if value not in self.lexicon.words[output]:
            return None
        setattr(phrase, output, value)
        return self.random.choice(self.lexicon.words[output][value][language])

    def expression_word(self, row: int, language: str, phrase: Phrase) -> str | None:
        """Returns an expression that fits the row, with the labels that it names. None if no expression fits."""
        fitting = [
            entry for entry in self.lexicon.expressions
            if self.labels["category"][row] in entry["categories"]
            and all(entry[name] in (-1, self.labels[name][row]) for name in ("color", "gender", "usage"))
        ]  # fmt: skip
        if not fitting:
            return None
        entry = self.random.choice(fitting)
        phrase.categories = entry["categories"]
        for name in ("color", "gender", "usage"):
            if entry[name] >= 0:
                setattr(phrase, name, entry[name])
        return self.random.choice(entry[language])

    def category_word(self, category: int, language: str, phrase: Phrase) -> str | None:
        """Returns a synonym of the category, or sometimes the name of a group that contains it ("shoes")."""
        if category not in self.lexicon.categories:
            return None
        groups = [(entry, members) for entry, members in self.lexicon.groups if category in members]
        if groups and self.random.random() < 0.2:
            entry, phrase.categories = self.random.choice(groups)
            return self.random.choice(entry[language])
        phrase.categories = [category]
        words = self.lexicon.categories[category][language]
        return words[0] if self.random.random() < 0.4 else self.random.choice(words)

    def title(self, row: int) -> Phrase:
        """Returns the title unchanged, without its brand, or in Chinese."""
        title, roll = self.titles[row], self.random.random()
        phrase = Phrase(title, row=row)
        if roll < 0.25:
            phrase.text = self.without_brand(title)[1] or title
        elif roll < 0.45:
            phrase.text = self.chinese_title(row)
        phrase.color, phrase.gender = int(self.labels["color"][row]), int(self.labels["gender"][row])
        phrase.usage = int(self.labels["usage"][row])
        phrase.categories = [c for c in [int(self.labels["category"][row])] if c >= 0]
        return phrase

    def without_brand(self, title: str) -> tuple[str, str]:
        """Returns (brand, rest): the brand is the words before the first one that names a gender, color, attribute
        or type."""
        words = title.split()
        known = [i for i, w in enumerate(words) if re.sub(r"'s?$|'s", "", w.lower()) in self.not_brand]
        cut = known[0] if known else 1
        return " ".join(words[:cut]), " ".join(words[cut:])

    def chinese_title(self, row: int) -> str:
        """Returns brand, gender, color, attributes and type in Chinese; gender and color are sometimes left out."""
        parts = [self.without_brand(self.titles[row])[0]]
        for output in ("gender", "color"):
            entry = self.lexicon.words[output].get(int(self.labels[output][row]))
            parts.append(self.random.choice(entry["zh"]) if entry else "")
        parts += [self.random.choice(self.lexicon.attributes[a]["zh"]) for a in np.flatnonzero(self.attributes[row])]
        entry = self.lexicon.categories.get(int(self.labels["category"][row]))
        parts.append(self.random.choice(entry["zh"]) if entry else self.titles[row])
        return self.random.choice(["", " "]).join(parts)
