"""People and what mentors say about themselves."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import delete, select

from copilot.domain import MentorProfile, Person, Role
from copilot.errors import NotFound
from copilot.store.repository import Repository, batches
from copilot.store.tables import mentor_profile, passage, person, person_role


class People(Repository):
    def put(self, value: Person) -> None:
        """Add or replace, roles included."""
        self.put_many([value])

    def put_many(self, values: Sequence[Person]) -> None:
        """The same for many, each once."""
        self._put_many(person, "id", [_row(value) for value in values])
        for some in batches(values):
            ids = [value.id for value in some]
            gone = self._mine(person_role) & person_role.c.person_id.in_(ids)
            self._db.execute(delete(person_role).where(gone))
            roles = [(value.id, str(role)) for value in some for role in value.roles]
            self._insert(person_role, [{"person_id": id, "role": role} for id, role in roles])

    def get(self, id: str) -> Person:
        """Raises NotFound."""
        found = self.find(id)
        if found is None:
            raise NotFound(f"There is no person {id!r} in this programme.")
        return found

    def find(self, id: str) -> Person | None:
        row = self._db.execute(select(person).where(self._mine(person, id=id))).first()
        if row is None:
            return None
        roles = self._db.scalars(select(person_role.c.role).where(self._mine(person_role, person_id=id)))
        return _person(row, frozenset(Role(role) for role in roles))

    def all(self, role: Role | None = None) -> list[Person]:
        """Ordered by id."""
        roles: dict[str, set[Role]] = {}
        for row in self._db.execute(select(person_role).where(self._mine(person_role))):
            roles.setdefault(row.person_id, set()).add(Role(row.role))
        rows = self._db.execute(select(person).where(self._mine(person)).order_by(person.c.id))
        everyone = (_person(row, frozenset(roles.get(row.id, ()))) for row in rows)
        return [one for one in everyone if role is None or role in one.roles]


def _row(value: Person) -> dict[str, Any]:
    return {
        "id": value.id,
        "name": value.name,
        "timezone": value.timezone,
        "languages": value.languages,
        "background": value.background,
        "career_stage": value.career_stage,
        "industry": value.industry,
        "email": value.email,
        "active": value.active,
    }


def _person(row: Any, roles: frozenset[Role]) -> Person:
    return Person(
        id=row.id,
        name=row.name,
        roles=roles,
        timezone=row.timezone,
        languages=row.languages,
        background=row.background,
        career_stage=row.career_stage,
        industry=row.industry,
        email=row.email,
        active=row.active,
    )


class Profiles(Repository):
    def put(self, value: MentorProfile) -> None:
        self.put_many([value])

    def put_many(self, values: Sequence[MentorProfile]) -> None:
        """Add or replace, each person once."""
        self._put_many(mentor_profile, "person_id", [_profile_row(value) for value in values])

    def get(self, person: str) -> MentorProfile:
        """Raises NotFound."""
        found = self.find(person)
        if found is None:
            raise NotFound(f"There is no mentor profile of {person!r} in this programme.")
        return found

    def find(self, person: str) -> MentorProfile | None:
        query = select(mentor_profile).where(self._mine(mentor_profile, person_id=person))
        row = self._db.execute(query).first()
        return None if row is None else _profile(row)

    def all(self) -> list[MentorProfile]:
        """Ordered by the person's id."""
        return self.some(None)

    def some(self, most: int | None) -> list[MentorProfile]:
        """At most so many (None = all), ordered by the person's id."""
        query = select(mentor_profile).where(self._mine(mentor_profile)).limit(most)
        return [_profile(row) for row in self._db.execute(query.order_by(mentor_profile.c.person_id))]


def _profile_row(value: MentorProfile) -> dict[str, Any]:
    return {
        "person_id": value.person,
        "headline": value.headline,
        "bio": value.bio,
        "expertise": value.expertise,
        "industry": value.industry,
        "years_experience": value.years_experience,
        "capacity_minutes": value.capacity_minutes,
        "formats": value.formats,
        "career_stage_served": value.career_stage_served,
    }


def _profile(row: Any) -> MentorProfile:
    return MentorProfile(
        person=row.person_id,
        headline=row.headline,
        bio=row.bio,
        expertise=row.expertise,
        industry=row.industry,
        years_experience=row.years_experience,
        capacity_minutes=row.capacity_minutes,
        formats=row.formats,
        career_stage_served=row.career_stage_served,
    )


class Passages(Repository):
    """The pieces of profiles that the index points at."""

    def replace(self, person: str, rows: list[tuple[str, str, str]]) -> None:
        """`rows` are (passage id, field, text); all earlier ones of this person go."""
        self._db.execute(delete(passage).where(self._mine(passage, person_id=person)))
        self._insert(
            passage,
            [
                {"id": id, "person_id": person, "position": place, "field": field, "text": text}
                for place, (id, field, text) in enumerate(rows)
            ],
        )

    def all(self) -> list[tuple[str, str, str, str]]:
        """(passage id, person, field, text), ordered by person and place."""
        query = select(passage).where(self._mine(passage))
        rows = self._db.execute(query.order_by(passage.c.person_id, passage.c.position))
        return [(row.id, row.person_id, row.field, row.text) for row in rows]

    def owners(self, ids: Iterable[str]) -> dict[str, str]:
        """Passage id -> person, for those that exist."""
        out: dict[str, str] = {}
        for some in batches(ids):
            query = select(passage.c.id, passage.c.person_id).where(
                self._mine(passage), passage.c.id.in_(some)
            )
            out.update((row.id, row.person_id) for row in self._db.execute(query))
        return out

    def of(self, person: str) -> list[tuple[str, str, str]]:
        """(passage id, field, text) in their order."""
        query = select(passage).where(self._mine(passage, person_id=person))
        rows = self._db.execute(query.order_by(passage.c.position))
        return [(row.id, row.field, row.text) for row in rows]
