"""Trains, exports and measures the bundle models/fitroom-v1. Run a stage with `python -m fitroom_training.<stage>`."""
