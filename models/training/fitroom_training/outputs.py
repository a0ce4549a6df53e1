"""The head's outputs by name, in the order of head.onnx. Knows nothing else."""

OUTPUTS = ("garmentType", "category", "color", "gender", "usage")
KNOWN = "known"  # two logits: there is nothing that a fashion shop has; there is something
