"""Benchmarks: tables of ratios measured in one run; nothing here passes or fails."""
