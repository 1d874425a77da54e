"""A roster changed by hand: what somebody wants in it, what the rules say to that, and what came of it."""
