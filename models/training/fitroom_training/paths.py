"""Where the stages read and write. Owns locations only; knows no format."""

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
    """The public data's folder: FITROOM_DATA, a path absolute or relative to the project, default ../shared/data."""
    return (PROJECT / os.environ.get("FITROOM_DATA", "../shared/data")).resolve()


def data_file(name: str) -> Path:
    """A file of the data folder. Ends the stage with exit 2 and says where it looked if it is not there."""
    path = data_folder() / name
    if not path.is_file():
        sys.exit(f"missing data: {path} is not there. Set FITROOM_DATA to the folder that holds {name}.")
    return path
