"""What the rules know about the world outside the project: data only, no logic."""
