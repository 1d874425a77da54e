"""``python -m planner`` is ``peakdesk``."""

from planner.cli import main

main()
