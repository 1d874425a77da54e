"""The parts of the page Briefings."""
