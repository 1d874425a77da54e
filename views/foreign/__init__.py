"""Files of other systems, brought in step by step on the page Data."""
