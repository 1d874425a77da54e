"""The parts of the page Advisor."""
