"""The check before publishing: what the people who sign are to look at."""

from planner.sign_off.lay_down import check_words, checks_of, lay_down_checks

__all__ = ["check_words", "checks_of", "lay_down_checks"]
