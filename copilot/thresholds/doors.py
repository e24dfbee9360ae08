"""What is refused at the door, and how a programme's numbers are read."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused at the door."""

    transcript_bytes: int = 5_000_000
    transcript_words: int = 60_000
    goal_characters: int = 2_000
    session_minutes_min: int = 15
    session_minutes_max: int = 60


@dataclass(frozen=True, slots=True)
class ProgrammeRules:
    """What a programme folder may hold; above, it is refused by name. Not measured: far above real use."""

    file_bytes: int = 50_000_000
    """Bytes of one of the JSON or CSV files."""
    rows: int = 200_000
    """Rows of one file."""
    transcripts_bytes: int = 1_000_000_000
    """Bytes of all transcripts of one folder together: they are held in memory until saved."""
    text_characters: int = 20_000
    """Characters of one field; a long CV has 10,000."""
    name_characters: int = 200
    list_items: int = 100
    years_most: int = 80
    """Years of experience."""
    capacity_minutes_most: int = 44_640
    """Minutes of a month of 31 days."""


@dataclass(frozen=True, slots=True)
class Capacity:
    """How a capacity given in sessions becomes minutes."""

    minutes_per_session: int = 45
    """Minutes; middle of the 15 to 60 that a micro-session lasts, rounded up to a slot."""
