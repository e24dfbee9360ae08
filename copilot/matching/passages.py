"""A mentor's profile as short passages, each with its field and whether it speaks for or against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from hashlib import sha256

from copilot.domain import MentorProfile
from copilot.matching.disclaimers import clauses, refused_subject
from copilot.text import sentences

FOR, AGAINST = 1, -1


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """`quote` stands letter for letter in the profile field; `text` is what is embedded and searched."""

    id: str
    person: str
    field: str
    """"headline", "bio", "expertise" or "industry"."""
    quote: str
    text: str
    polarity: int = FOR
    """AGAINST for a disclaimer: then `text` is only what the mentor will not do."""


def profile_passages(profile: MentorProfile) -> tuple[Passage, ...]:
    """Headline, sentences of the bio, tags, industry: in the profile's order, without repeats."""
    found = [("headline", text, text, FOR) for text in sentences(profile.headline)]
    for sentence in sentences(profile.bio):
        found.extend(_bio(sentence))
    found.extend(("expertise", tag.strip(), _spoken(tag), FOR) for tag in profile.expertise)
    found.append(("industry", profile.industry.strip(), _spoken(profile.industry), FOR))
    unique = {
        (field, quote, polarity): text for field, quote, text, polarity in found if re.search(r"\w", text)
    }
    return tuple(
        Passage(
            id=_passage_id(profile.person, field, quote, str(polarity), text),
            person=profile.person,
            field=field,
            quote=quote,
            text=text,
            polarity=polarity,
        )
        for (field, quote, polarity), text in unique.items()
    )


def _bio(sentence: str) -> list[tuple[str, str, str, int]]:
    """One passage for a plain sentence; a sentence with a disclaimer is taken apart into clauses."""
    if refused_subject(sentence) is None:
        return [("bio", sentence, sentence, FOR)]
    out = []
    for clause in clauses(sentence):
        refused = refused_subject(clause)
        against = refused is not None
        out.append(("bio", clause, refused if refused is not None else clause, AGAINST if against else FOR))
    return out


def _spoken(tag: str) -> str:
    """ "new-managers" as people say it."""
    return " ".join(re.split(r"[-_/\s]+", tag.strip()))


def _passage_id(*parts: str) -> str:
    return sha256("\n".join(parts).encode()).hexdigest()[:20]
