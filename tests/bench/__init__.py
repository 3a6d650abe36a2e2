"""Measurements against a floor or a peer, in one run. Nothing here asserts a time; ``make bench`` prints."""
