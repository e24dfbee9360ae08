"""What the ranking looks at: one mentor with passages, vectors and this month's load."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from copilot.domain import MentorProfile, Person
from copilot.matching.passages import Passage

if TYPE_CHECKING:
    from copilot.ports import Vectors


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Candidate:
    """`vectors` has shape (len(passages), dimensions): row i is the vector of passages[i].text."""

    person: Person
    profile: MentorProfile
    passages: tuple[Passage, ...]
    vectors: Vectors
    promised_minutes: int = 0
    """Minutes of this month's sessions, requested, accepted or held."""
    past_sessions: int = 0
    """Sessions that this mentee already had with this mentor."""

    @property
    def free_minutes(self) -> int | None:
        """Minutes left this month, never below 0; None when the mentor gave no capacity."""
        if self.profile.capacity_minutes is None:
            return None
        return max(0, self.profile.capacity_minutes - self.promised_minutes)


def profile_text(profile: MentorProfile) -> str:
    """Everything the profile says about subjects, for a Lexicon."""
    return "\n".join([profile.headline, profile.bio, *profile.expertise, profile.industry])


def shortlist(hits: Sequence[tuple[str, float]], owner: Mapping[str, str], mentors: int) -> list[str]:
    """Person ids behind an index's passage hits, nearest first, at most `mentors`.

    `owner` maps passage id to person id; passages that nobody owns any more are skipped.
    """
    people = dict.fromkeys(owner[passage] for passage, _ in hits if passage in owner)
    return list(people)[:mentors]
