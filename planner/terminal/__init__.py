"""What the command line shares: words, answers, progress, interruption, page layout."""
