"""Stage `calibrate`: chooses temperatures, fusion weights and thresholds on val and writes them into the manifest.

It runs the exported bundle, not the checkpoints.
"""

from __future__ import annotations

import argparse

import numpy as np

from .data import SERVED_PX, load_set
from .fusion_choice import fit_fusion
from .manifest import FULL, LIGHT, write_manifest
from .outputs import KNOWN, OUTPUTS
from .serving import Bundle, softmax
from .val_split import Val


def best_temperature(logits: list[np.ndarray], labels: list[np.ndarray]) -> float:
    """Returns the temperature with the lowest cross-entropy over all rows with a label, on a grid of 2 % steps."""

    def loss(temperature: float) -> float:
        parts = []
        for part, label in zip(logits, labels, strict=True):
            known = label >= 0
            parts.append(-np.log(softmax(part[known], temperature)[np.arange(known.sum()), label[known]] + 1e-9))
        return float(np.concatenate(parts).mean())

    return round(float(min(np.exp(np.arange(-1.0, 1.4, 0.02)), key=loss)), 3)


def fit_temperatures(val: Val) -> dict[str, float]:
    """Uses pictures alone and titles with pictures in equal parts, because the head gets both."""
    modes = [val.bundle.logits(None, val.pictures), val.bundle.logits(val.titles, val.pictures)]
    found = {name: best_temperature([m[name] for m in modes], [val.labels[name]] * 2) for name in OUTPUTS}
    junk = [val.bundle.logits(val.junk_words, None), val.bundle.logits(None, val.junk_pictures)]
    real = [val.bundle.logits(val.words, None), *modes]
    parts = [part[KNOWN] for part in (*junk, *real)]
    labels = [np.full(len(part), int(i >= len(junk))) for i, part in enumerate(parts)]
    for name, part, label in zip(
        ("junk words", "junk pictures", "words", "pictures", "both"), parts, labels, strict=True
    ):
        print(f"known: {(part.argmax(1) == label).mean():.3f} of {name} classified correctly")
    return {**found, KNOWN: best_temperature(parts, labels)}


def best_split(positive: np.ndarray, negative: np.ndarray) -> tuple[float, float]:
    """Returns (threshold, balanced accuracy) of the threshold that separates the two samples best."""
    candidates = np.quantile(np.concatenate([positive, negative]), np.linspace(0.01, 0.99, 197))
    accuracy = [((positive >= t).mean() + (negative < t).mean()) / 2 for t in candidates]
    best = int(np.argmax(accuracy))
    return round(float(candidates[best]), 4), float(accuracy[best])


def fit_named(val: Val) -> dict[str, float]:
    """Returns the probabilities above which text names a color, type, category, gender or usage, and a picture shows
    one."""
    plain = val.bundle.probabilities(val.words, None)
    changes = val.bundle.probabilities(val.color_words, None)
    shown = val.bundle.probabilities(None, val.pictures)
    torn = val.bundle.probabilities(None, val.junk_pictures)
    colored = np.array([p.color >= 0 for p in val.phrases])
    kinds = val.labels["garmentType"][val.about]
    single = np.array([len(p.categories) == 1 for p in val.phrases])
    typed = kinds >= 0
    parts = {
        "colorNamed": (plain["color"].max(1)[colored], plain["color"].max(1)[~colored]),
        "typeNamed": (
            plain["garmentType"].max(1)[typed],
            np.concatenate([changes["garmentType"].max(1), plain["garmentType"].max(1)[~typed]]),
        ),
        "categoryNamed": (plain["category"].max(1)[single], changes["category"].max(1)),
        "categoryShown": (shown["category"].max(1), torn["category"].max(1)),
    }
    for name in ("gender", "usage"):
        is_named = np.array([getattr(p, name) >= 0 for p in val.phrases])
        parts[f"{name}Named"] = (plain[name].max(1)[is_named], plain[name].max(1)[~is_named])
    found = {}
    for name, (positive, negative) in parts.items():
        found[name], accuracy = best_split(positive, negative)
        print(f"{name} {found[name]} balanced accuracy {accuracy:.3f}")
    return found


def fit_contradiction(val: Val, wrong_share: float = 0.1) -> float:
    """Returns the lowest picture-only type probability at which a disagreement is real in ≥ 90 % of cases, if one
    picture in ten is of another garment's type."""
    kinds = val.labels["garmentType"]
    rows = np.flatnonzero(kinds >= 0)
    found = val.bundle.probabilities(None, val.pictures[rows])["garmentType"]
    guess, sure = found.argmax(1), found.max(1)
    others = np.random.default_rng(3).permutation(rows)
    shuffled = kinds[others] != kinds[rows]
    for threshold in np.arange(0.3, 0.995, 0.01):
        false = ((guess != kinds[rows]) & (sure >= threshold)).mean() * (1 - wrong_share)
        true = ((guess != kinds[others]) & (sure >= threshold) & shuffled).mean() * wrong_share
        if true / max(true + false, 1e-9) >= 0.9:
            break
    print(f"contradiction {threshold:.2f}: finds {true / wrong_share / shuffled.mean():.2f} of wrong pictures")
    return round(float(threshold), 3)


def fit_near_duplicate(val: Val) -> float:
    """Returns the cosine of F_i that the nearest *other* garment exceeds in 1 % of cases. Identical files are left
    out."""
    single = np.array([row["copies"] == 1 for row in val.rows])
    sims = val.pictures[single] @ val.pictures[single].T
    np.fill_diagonal(sims, -1)
    threshold = round(min(0.999, float(np.quantile(sims.max(1), 0.99))), 4)
    rows, _ = load_set("hires-val", SERVED_PX)
    index = {row["id"]: i for i, row in enumerate(val.rows)}
    twins = [index[row["id"]] for row in rows]
    cosine = (val.embed("hires-val") * val.pictures[twins]).sum(1)
    print(f"nearDuplicate {threshold}: finds {(cosine >= threshold).mean():.2f} of larger copies")
    return threshold


def fit_weak(val: Val) -> dict[str, float]:
    """Returns the 5th percentile of the best score of real requests per request kind, and prints how much junk is
    below it."""
    bundle, nonsense, noise = val.bundle, val.junk_words, val.junk_pictures[:60]

    def best(q: np.ndarray, kind: str, leave_out: np.ndarray | None = None) -> np.ndarray:
        scores = bundle.scores(q, val.titles, val.pictures, kind)
        if leave_out is not None:
            scores[np.arange(len(q)), leave_out] = -9
        return scores.max(1)

    every = np.arange(len(val.rows))
    both = bundle.request(val.words, val.pictures[val.about])
    real = {
        "text": best(val.words, "text"),
        "image": np.concatenate([best(val.pictures, "image", every), best(val.home, "image")]),
        "both": best(both, "both", val.about),
    }
    nowhere = bundle.request(nonsense[:60], noise)
    odd = {"text": best(nonsense, "text"), "image": best(noise, "image"), "both": best(nowhere, "both")}
    found = {name: round(float(np.quantile(v, 0.05)), 4) for name, v in real.items()}
    for name, threshold in found.items():
        print(f"weakBelow.{name} {threshold}: {(odd[name] < threshold).mean():.2f} of junk is below")
    return found


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--light", action="store_true")
    folder = (LIGHT if arguments.parse_args().light else FULL).folder
    val = Val(Bundle(folder))
    manifest = val.bundle.manifest
    temperatures = fit_temperatures(val)
    manifest["head"]["nothing"]["temperature"] = temperatures.pop(KNOWN)
    manifest["head"]["temperatures"] = temperatures
    manifest["fusion"] = fit_fusion(val)
    thresholds = {"weakBelow": fit_weak(val), **fit_named(val), "contradiction": fit_contradiction(val)}
    manifest["thresholds"] = {**thresholds, "nearDuplicate": fit_near_duplicate(val)}
    print(manifest["head"]["temperatures"], manifest["fusion"])
    write_manifest(folder, manifest)


if __name__ == "__main__":
    main()
