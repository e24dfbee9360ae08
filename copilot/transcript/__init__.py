"""Transcript files as turns of speech: one file a format, one function for callers."""

from copilot.transcript.parse import parse_transcript

__all__ = ["parse_transcript"]
