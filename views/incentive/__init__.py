"""What the pages on incentives share: scorings, statements, schemes, appeals."""
