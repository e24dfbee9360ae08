"""People of a programme and what mentors say about themselves."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    MENTEE = "mentee"
    MENTOR = "mentor"
    COORDINATOR = "coordinator"
    ADMIN = "admin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """One person; may hold several roles (a mentor in one field, a mentee in another)."""

    id: str
    name: str
    roles: frozenset[Role]
    timezone: str
    """IANA zone, for example "Europe/Lisbon"."""
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes, preferred first; empty = not said."""
    background: str = ""
    career_stage: str = ""
    industry: str = ""
    email: str | None = None
    active: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class MentorProfile:
    """What a mentor offers, in the mentor's own words."""

    person: str
    headline: str
    bio: str
    expertise: tuple[str, ...] = ()
    industry: str = ""
    years_experience: int | None = None
    capacity_minutes: int | None = None
    """Minutes of sessions a month that the mentor can give; None = not said, 0 = none now."""
    formats: tuple[str, ...] = ()
    career_stage_served: tuple[str, ...] = ()
