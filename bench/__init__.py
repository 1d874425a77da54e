"""Speed, accuracy and optimality, measured against peers and bounds. Peers live in environments of their own."""
