"""Finds the block of a function best made a function of its own, and cuts it out: on ``ast`` and text only."""
