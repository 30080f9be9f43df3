"""Finds the block of a function that is best cut out into a function of its own, and cuts it out; ``ast`` and text only."""
