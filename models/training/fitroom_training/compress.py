"""ONNX weights in 8 bits: each large initializer becomes int8 with one scale per output channel; arithmetic stays fp32.

Weights pass through Cast and Mul, which ONNX Runtime folds when it loads the file. Results therefore do not depend on
the rest of the batch, unlike dynamically quantized products, whose scale is taken over the whole batch. An embedding
table stays int8 in memory: rows are cast after Gather.
"""

from __future__ import annotations

import numpy as np
import onnx
from onnx import helper, numpy_helper

LEAST_VALUES = 4096


def quantised(values: np.ndarray, axis: int) -> tuple[np.ndarray, np.ndarray]:
    """Returns int8 values and broadcastable float32 scales; symmetric, one scale per index of `axis`."""
    others = tuple(i for i in range(values.ndim) if i != axis)
    scale = np.maximum(np.abs(values).max(axis=others, keepdims=True), 1e-8) / 127
    return np.clip(np.round(values / scale), -127, 127).astype(np.int8), scale.astype(np.float32)


def compress(graph_file: str) -> None:
    """Rewrites the file in place."""
    model = onnx.load(graph_file)
    graph = model.graph
    users = {name: node for node in graph.node for name in node.input}
    added = []
    for weight in list(graph.initializer):
        values = numpy_helper.to_array(weight)
        node = users.get(weight.name)
        if values.dtype != np.float32 or values.size < LEAST_VALUES or node is None:
            continue
        if node.op_type == "Gather":
            gather_rows(graph, weight, node)
        elif node.op_type in ("MatMul", "Gemm", "Conv"):
            axis = 0 if node.op_type == "Conv" or transposed(node) else values.ndim - 1
            added += folded_weight(graph, weight, axis)
    nodes = added + list(graph.node)
    del graph.node[:]
    graph.node.extend(nodes)
    onnx.checker.check_model(model)
    onnx.save(model, graph_file)


def transposed(node: onnx.NodeProto) -> bool:
    return node.op_type == "Gemm" and any(a.name == "transB" and a.i == 1 for a in node.attribute)


def store(graph: onnx.GraphProto, weight: onnx.TensorProto, axis: int) -> tuple[str, str]:
    """Replaces the initializer by its int8 values and scales. Returns their names."""
    values, scale = quantised(numpy_helper.to_array(weight), axis)
    names = f"{weight.name}_int8", f"{weight.name}_scale"
    graph.initializer.remove(weight)
    graph.initializer.extend([numpy_helper.from_array(values, names[0]), numpy_helper.from_array(scale, names[1])])
    return names


def folded_weight(graph: onnx.GraphProto, weight: onnx.TensorProto, axis: int) -> list[onnx.NodeProto]:
    name = weight.name
    small, scale = store(graph, weight, axis)
    cast = helper.make_node("Cast", [small], [f"{name}_float"], to=onnx.TensorProto.FLOAT)
    return [cast, helper.make_node("Mul", [f"{name}_float", scale], [name])]


def gather_rows(graph: onnx.GraphProto, weight: onnx.TensorProto, node: onnx.NodeProto) -> None:
    """Rewrites Gather: table[ids] -> float(int8_table[ids]) * scale[ids]."""
    small, scale = store(graph, weight, 0)
    ids, out = node.input[1], node.output[0]
    position = list(graph.node).index(node)
    graph.node.remove(node)
    replacement = [
        helper.make_node("Gather", [small, ids], [f"{out}_rows"], axis=0),
        helper.make_node("Cast", [f"{out}_rows"], [f"{out}_float"], to=onnx.TensorProto.FLOAT),
        helper.make_node("Gather", [scale, ids], [f"{out}_scale"], axis=0),
        helper.make_node("Mul", [f"{out}_float", f"{out}_scale"], [out]),
    ]
    for offset, new in enumerate(replacement):
        graph.node.insert(position + offset, new)
