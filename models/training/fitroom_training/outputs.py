"""Outputs of the head by name, in the order of head.onnx."""

OUTPUTS = ("garmentType", "category", "color", "gender", "usage")
KNOWN = "known"  # two logits: the input is not a fashion item; it is one
