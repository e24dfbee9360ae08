"""Checks against public data that is measured on, never trained on, and not part of this repository."""
