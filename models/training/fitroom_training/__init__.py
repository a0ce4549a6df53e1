"""Trains, exports and measures the bundle models/fitroom-v2. Run a stage with `python -m fitroom_training.<stage>`."""
