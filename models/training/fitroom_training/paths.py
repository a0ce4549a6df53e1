"""Paths that the stages read and write."""

from __future__ import annotations

import os
import sys
from pathlib import Path

TRAINING = Path(__file__).resolve().parent.parent
PROJECT = TRAINING.parent.parent
RUNS = TRAINING / "runs"
CACHE = RUNS / "cache"
BUNDLE = PROJECT / "models" / "fitroom-v2"
LIGHT_BUNDLE = PROJECT / "models" / "fitroom-v2-light"
GOLDEN = PROJECT / "models" / "golden"
LEXICON = PROJECT / "models" / "lexicon"


def data_folder() -> Path:
    """Returns the folder of the public data: FITROOM_DATA, absolute or relative to the project, default
    ../shared/data."""
    return (PROJECT / os.environ.get("FITROOM_DATA", "../shared/data")).resolve()


def data_file(name: str) -> Path:
    """Returns the path of a data file. If it is missing, exits with status 2 and prints the path."""
    path = data_folder() / name
    if not path.is_file():
        sys.exit(f"missing data: {path} is not there. Set FITROOM_DATA to the folder that holds {name}.")
    return path
