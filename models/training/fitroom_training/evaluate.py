"""Stage `evaluate`: the exported bundle on the test split; figures with bootstrap intervals into the manifest.

Owns what is reported. Nothing is chosen here. Catalogs of cross-modal figures hold pictures only; a figure whose name
ends in `.val` is from val, since photos at home have no test split here.
"""

from __future__ import annotations

import statistics
import time

import numpy as np
import torch

from .data import SERVED_PX, load_set
from .export import write_manifest
from .labels import family_index, label_rows
from .paths import BUNDLE
from .phrases import Lexicon, PhraseMaker
from .retrieval import (
    asked_categories,
    composed_precision,
    mixed,
    precision_at_10,
    swap_relevance,
    swaps,
    title_recall_at_10,
)
from .serving import Bundle

RESAMPLES = 1000
GARMENT_MASTERS = ("Apparel", "Footwear")


class Report:
    """Collects figures; `values` are one number a row (0/1 or a precision)."""

    def __init__(self) -> None:
        self.metrics: list[dict] = []
        self.random = np.random.default_rng(0)

    def add(self, name: str, values: np.ndarray) -> None:
        values = np.asarray(values, float)
        picks = self.random.integers(0, len(values), (RESAMPLES, len(values)))
        low, high = np.quantile(values[picks].mean(1), [0.025, 0.975])
        found = {"value": values.mean(), "low": low, "high": high}
        rounded = {k: round(float(v), 4) for k, v in found.items()}
        self.metrics.append(
            {
                "name": name,
                "value": rounded["value"],
                "rows": len(values),
                "low": rounded["low"],
                "high": rounded["high"],
            }
        )
        print(
            f"{name:36} {rounded['value']:.3f} [{rounded['low']:.3f}, {rounded['high']:.3f}] n {len(values)}",
            flush=True,
        )


class Test:
    """The test split embedded by the bundle."""

    def __init__(self, bundle: Bundle) -> None:
        self.bundle, self.lexicon = bundle, Lexicon()
        self.rows, pixels = load_set("products-test", SERVED_PX)
        self.labels = label_rows(self.rows)
        self.pictures = bundle.embed_pictures(pixels)
        self.titles = bundle.embed_texts([row["title"] for row in self.rows])
        self.gallery = torch.from_numpy(self.pictures)

    def texts(self, texts: list[str]) -> torch.Tensor:
        return torch.from_numpy(self.bundle.embed_texts(texts))


def report_classes(report: Report, test: Test) -> None:
    garments = np.array([row["masterCategory"] in GARMENT_MASTERS for row in test.rows])
    families = family_index()
    modes = {"picture": (None, test.pictures), "both": (test.titles, test.pictures), "words": (test.titles, None)}
    for mode, halves in modes.items():
        found = test.bundle.probabilities(*halves)
        for name, probability in found.items():
            known, guess = test.labels[name] >= 0, probability.argmax(1)
            if name == "category":  # a category too rare for the head counts as an error
                known = np.array([bool(row["articleType"]) for row in test.rows])
            report.add(f"{name}.{mode}", (guess == test.labels[name])[known])
            if name == "color":
                report.add(f"colorFamily.{mode}", (families[guess] == families[test.labels[name]])[known])
            if name in ("category", "color") and mode == "picture":
                report.add(f"{name}.picture.garments", (guess == test.labels[name])[known & garments])


def report_words(report: Report, test: Test) -> None:
    asked = asked_categories(test.labels)
    relevant = torch.from_numpy(test.labels["category"][None] == np.array(asked)[:, None])
    for language in ("en", "zh"):
        entries = [test.lexicon.categories[c] for c in asked]
        said = {"": [e[language][0] for e in entries], ".unseen": [e["heldOut"][language][0] for e in entries]}
        for name, words in said.items():
            report.add(
                f"categoryWords.p10.{language}{name}", precision_at_10(test.texts(words), test.gallery, relevant)
            )
    report.add("title.r10", title_recall_at_10(torch.from_numpy(test.titles), test.gallery))
    for held_out, name in ((False, "seen"), (True, "unseen")):
        for language in ("en", "zh"):
            report_templates(report, test, (language, held_out, f"templateWords.np10.{language}.{name}"))


def report_templates(report: Report, test: Test, asked: tuple[str, bool, str]) -> None:
    language, held_out, name = asked
    maker = PhraseMaker(test.rows, test.lexicon, 17)
    rows = np.flatnonzero((test.labels["category"] >= 0) & (test.labels["color"] >= 0))
    phrases = [maker.template("garment", i, language, held_out) for i in rows]
    relevant = torch.ones(len(phrases), len(test.rows), dtype=torch.bool)
    for i, phrase in enumerate(phrases):
        relevant[i] &= torch.from_numpy(np.isin(test.labels["category"], phrase.categories))
        for slot in ("color", "gender", "usage"):
            if getattr(phrase, slot) >= 0:
                relevant[i] &= torch.from_numpy(test.labels[slot] == getattr(phrase, slot))
    report.add(name, precision_at_10(test.texts([p.text for p in phrases]), test.gallery, relevant))


def report_pictures(report: Report, test: Test) -> None:
    labels, every = test.labels, list(range(len(test.rows)))
    alike = (labels["category"][:, None] == labels["category"]) & (labels["color"][:, None] == labels["color"])
    np.fill_diagonal(alike, False)
    has = np.flatnonzero(alike.any(1))
    found = composed_precision(test.gallery[has], test.gallery, torch.from_numpy(alike[has]), [every[i] for i in has])
    report.add("sameTypeColour.np10.picture", found)
    rows, pixels = load_set("home-val", SERVED_PX)
    guess = test.bundle.probabilities(None, test.bundle.embed_pictures(pixels))["garmentType"].argmax(1)
    report.add("garmentType.home.val", guess == label_rows(rows)["garmentType"])
    rows, pixels = load_set("hires-test", SERVED_PX)
    known = label_rows(rows)["garmentType"] >= 0
    guess = test.bundle.probabilities(None, test.bundle.embed_pictures(pixels))["garmentType"].argmax(1)
    report.add("garmentType.picture.hires", (guess == label_rows(rows)["garmentType"])[known])


def report_composed(report: Report, test: Test) -> None:
    asked = swaps(test.labels)
    rows, relevant = [row for row, _ in asked], swap_relevance(test.labels, asked)
    weight = test.bundle.manifest["fusion"]["weights"]["WEIGHTED_AVERAGE"]["text"]
    colors, held = test.lexicon.words["color"], test.lexicon.templates["heldOut"]["color"]
    picker = np.random.default_rng(4)
    for language, phrase in (("en", "in {c}"), ("zh", "换成{c}")):
        changes = test.texts([phrase.format(c=colors[c][language][0]) for _, c in asked])
        queries = mixed(changes, test.gallery[rows], weight)
        report.add(f"composed.np10.{language}", composed_precision(queries, test.gallery, relevant, rows))
        if language == "en":
            report.add(
                "composed.np10.pictureAlone", composed_precision(test.gallery[rows], test.gallery, relevant, rows)
            )
            report.add("composed.np10.wordsAlone", composed_precision(changes, test.gallery, relevant, rows))
        unseen = test.texts([str(picker.choice(held[language])).format(c=colors[c][language][0]) for _, c in asked])
        queries = mixed(unseen, test.gallery[rows], weight)
        report.add(f"composed.np10.{language}.unseen", composed_precision(queries, test.gallery, relevant, rows))
        kinds = test.labels["garmentType"]
        sims = mixed(changes, test.gallery[rows], weight) @ test.gallery.T
        sims[torch.arange(len(rows)), torch.tensor(rows)] = -2
        top = sims.argmax(1).numpy()
        report.add(f"composed.top1KeepsType.{language}", kinds[top] == kinds[rows])


def report_fused(report: Report, test: Test) -> None:
    """Photo plus words that describe the same garment; its own picture is not in the catalog."""
    maker = PhraseMaker(test.rows, test.lexicon, 5)
    rows = np.flatnonzero((test.labels["category"] >= 0) & (test.labels["color"] >= 0))
    alike = (test.labels["category"][rows][:, None] == test.labels["category"]) & (
        test.labels["color"][rows][:, None] == test.labels["color"]
    )
    alike[np.arange(len(rows)), rows] = False
    rows, alike = rows[alike.any(1)], torch.from_numpy(alike[alike.any(1)])
    words = test.texts([(maker.fill("{c} {t}", i, "en") or maker.fill("{t}", i, "en")).text for i in rows])
    weight = test.bundle.manifest["fusion"]["weights"]["WEIGHTED_AVERAGE"]["text"]
    own = rows.tolist()
    queries = {"both": mixed(words, test.gallery[own], weight), "words": words, "picture": test.gallery[own]}
    for name, query in queries.items():
        report.add(f"described.np10.{name}", composed_precision(query, test.gallery, alike, own))


def report_latency(bundle: Bundle) -> None:
    """Prints the median time of one picture and one query on two threads: the machine's, so not in the manifest."""
    pixels = np.random.default_rng(0).integers(0, 256, (1, SERVED_PX, SERVED_PX, 3)).astype(np.uint8)
    for name, call in (
        ("picture", lambda: bundle.embed_pictures(pixels)),
        ("words", lambda: bundle.embed_texts(["red dress for women"])),
    ):
        times = []
        for _ in range(60):
            began = time.perf_counter()
            call()
            times.append(1000 * (time.perf_counter() - began))
        print(f"{name} p50 {statistics.median(times):.1f} ms")


def main() -> None:
    bundle = Bundle(BUNDLE)
    test, report = Test(bundle), Report()
    for part in (report_classes, report_words, report_pictures, report_composed, report_fused):
        part(report, test)
    write_manifest({**bundle.manifest, "metrics": report.metrics})
    report_latency(bundle)


if __name__ == "__main__":
    main()
