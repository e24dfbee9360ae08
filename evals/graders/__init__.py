"""Graders: one noun a file, by rule wherever a rule can tell."""
