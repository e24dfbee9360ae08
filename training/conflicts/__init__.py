"""How the conflict judge was made: `python -m training.conflicts.train`."""
