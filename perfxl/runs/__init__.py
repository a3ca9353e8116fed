"""Whole runs: a batch, an inbox that is watched, a roll-up, and the data of the summary."""
