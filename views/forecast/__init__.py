"""What the pages of the group *Forecast* share."""
