"""Rosters of desks whose cost is a sum of people's lines and of headcounts per day and shift: compiled search with a
proven bound (docs/explanation/cover-search.md)."""
