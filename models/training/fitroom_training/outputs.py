"""The head's outputs by name, in the order of head.onnx. Knows nothing else."""

OUTPUTS = ("garmentType", "category", "color", "gender", "usage")
KNOWN = "known"  # whether there is anything at all that a fashion shop has
KNOWN_LABELS = ["Nothing", "Something"]
