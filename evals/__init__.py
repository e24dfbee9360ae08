"""Evals: measured quality of what the copilot makes."""
