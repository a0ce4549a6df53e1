"""Starts both encoders from a released bundle's ONNX files: from their 8-bit weights, converted to float32.

The weights are read from the graphs that `export` wrote. The picture graph has normalization folded into its
convolutions, so the first batch gives each BatchNorm the statistics that preserve the function. Blocks that the bundle
lacks start almost as the identity; tokens that it lacks start as in `starting_rows`.
"""

from __future__ import annotations

import json
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnx
import torch
from onnx import numpy_helper
from tokenizers import Tokenizer
from torch import nn

from .picture_encoder import PictureEncoder
from .text_encoder import TextEncoder

NEW_BLOCK_SCALE = 0.02  # scale of added blocks; a block starts with 0.1 if all blocks are new


def graph_weights(graph_file: str) -> dict[str, np.ndarray]:
    """Returns initializer name -> float32 values; 8-bit values are multiplied by their scales."""
    found = {i.name: numpy_helper.to_array(i) for i in onnx.load(graph_file).graph.initializer}
    small = [name.removesuffix("_int8") for name in found if name.endswith("_int8")]
    for name in small:
        found[name] = found.pop(f"{name}_int8").astype(np.float32) * found.pop(f"{name}_scale")
    return found


def numbered(weights: dict[str, np.ndarray], kind: str) -> list[np.ndarray]:
    """Returns the values of the initializers `onnx::<kind>_<n>` by ascending n, which is the order of execution."""
    names = [name for name in weights if re.fullmatch(rf"onnx::{kind}_\d+", name)]
    return [weights[name] for name in sorted(names, key=lambda name: int(name.split("_")[-1]))]


def normalised_convolutions(encoder: PictureEncoder) -> list[tuple[nn.Conv2d, nn.BatchNorm2d]]:
    pairs, layers = [], [m for m in encoder.modules() if isinstance(m, (nn.Conv2d, nn.BatchNorm2d))]
    for conv, norm in pairwise(layers):
        if isinstance(conv, nn.Conv2d) and isinstance(norm, nn.BatchNorm2d):
            pairs.append((conv, norm))
    return pairs


def start_words(encoder: TextEncoder, tokenizer: Tokenizer, bundle: Path) -> None:
    """Copies the bundle's weights into `encoder`, which `pretrained` created. Tokens are matched by name."""
    weights, own = graph_weights(str(bundle / "text.onnx")), encoder.state_dict()
    old = json.loads((bundle / "tokenizer.json").read_text())["model"]["vocab"]
    ids = [(i, old[token]) for token, i in tokenizer.get_vocab().items() if token in old]
    table = torch.tensor(weights.pop("words.weight"))
    new, known = torch.tensor(ids).T
    own["words.weight"][new] = table[known]
    for name, value in weights.items():
        if name in own:
            own[name].copy_(torch.tensor(value))
    products = [getattr(layer, name) for layer in encoder.layers for name in ("q", "k", "v", "out", "up", "down")]
    for module, value in zip(products, numbered(weights, "MatMul"), strict=True):
        module.weight.data.copy_(torch.tensor(value).T)


def start_pictures(encoder: PictureEncoder, graph_file: str, pixels: torch.Tensor) -> None:
    """Copies the graph's weights into `encoder`; pixels [b, 3, s, s] of some hundred pictures set the norms."""
    weights = graph_weights(graph_file)
    own, depth = encoder.state_dict(), len({n.split(".")[2] for n in weights if n.startswith("encoder.blocks.")})
    for name, value in weights.items():
        if name.removeprefix("encoder.") in own:
            own[name.removeprefix("encoder.")].copy_(torch.tensor(value))
    products = [part for block in encoder.blocks[:depth] for part in (block.qkv, block.out, block.up, block.down)]
    pools = (encoder.pool_type, encoder.pool_colour, encoder.pool_early, encoder.pool_style)
    products += [pool.score for pool in pools]
    for module, value in zip(products, numbered(weights, "MatMul"), strict=True):
        module.weight.data.copy_(torch.tensor(value).T)
    folded, pairs = numbered(weights, "Conv"), normalised_convolutions(encoder)
    for (conv, _), value in zip(pairs, folded[::2], strict=True):
        conv.weight.data.copy_(torch.tensor(value))
    for block in encoder.blocks[depth:]:
        nn.init.constant_(block.scale1, NEW_BLOCK_SCALE)
        nn.init.constant_(block.scale2, NEW_BLOCK_SCALE)
    set_norms([norm for _, norm in pairs], folded[1::2], lambda: encoder.eval()(pixels))
    encoder.train()


@torch.no_grad()
def set_norms(norms: list[nn.BatchNorm2d], biases: list[np.ndarray], forward) -> None:
    """Gives each norm, in order of execution, the mean and variance of its input, and the gain and shift that undo
    them."""

    def hook(norm: nn.BatchNorm2d, inputs: tuple[torch.Tensor]) -> None:
        mean, variance = inputs[0].mean((0, 2, 3)), inputs[0].var((0, 2, 3))
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(variance)
        norm.weight.copy_((variance + norm.eps).sqrt())
        norm.bias.copy_(mean + torch.tensor(bias_of[norm]))

    bias_of = dict(zip(norms, biases, strict=True))
    handles = [norm.register_forward_pre_hook(hook) for norm in norms]
    forward()
    for handle in handles:
        handle.remove()
