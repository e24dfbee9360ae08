"""HTTP face of the copilot."""
