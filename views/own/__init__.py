"""What agents and team leads see: shifts, scores, requests and the team."""
