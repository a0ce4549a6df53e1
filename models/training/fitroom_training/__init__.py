"""Training, export and measurement of the bundle models/fitroom-v2. Run a stage with `python -m
fitroom_training.<stage>`."""
