"""Counts and sums with their sources: the rules of the figures, apart from how they are shown."""
