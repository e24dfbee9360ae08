"""Rows of mentors, mentees, coordinators and goals as people, profiles and goals."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field, replace
from typing import Any

from copilot.domain import Goal, MentorProfile, Person, Role
from copilot.importing.cells import Cells
from copilot.importing.problems import Problem
from copilot.importing.tables import Row, Table
from copilot.importing.values import Entry
from copilot.text import content_hash, fold
from copilot.thresholds import CAPACITY, LIMITS, PROGRAMME

_PERSON = ("id", "name", "timezone", "languages", "industry", "email", "active", "background", "career_stage")
_CAPACITY = ("capacity_per_month", "capacity_minutes_per_month")
_PROFILE = ("headline", "bio", "expertise", "years_experience", "formats", "career_stage_served")
COLUMNS: dict[str, tuple[str, ...]] = {
    "mentors": (*_PERSON, *_PROFILE, *_CAPACITY),
    "mentees": (*_PERSON, "goals"),
    "people": (*_PERSON, "roles"),
    "goals": ("id", "mentee", "text", "specific", "better"),
}
REQUIRED: dict[str, tuple[str, ...]] = {
    "mentors": ("id", "name", "timezone"),
    "mentees": ("id", "name", "timezone"),
    "people": ("id", "name", "timezone", "roles"),
    "goals": ("mentee", "text"),
}
_OTHERS = frozenset({Role.COORDINATOR, Role.ADMIN})


@dataclass(slots=True)
class People:
    """Who and what was read so far, by id, and what was wrong."""

    people: dict[str, Entry[Person]] = field(default_factory=dict)
    profiles: dict[str, Entry[MentorProfile]] = field(default_factory=dict)
    goals: dict[str, Entry[Goal]] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def with_role(self, role: Role) -> set[str]:
        return {id for id, entry in self.people.items() if role in entry.value.roles}

    def add_mentors(self, table: Table) -> None:
        for row in table.rows:
            cells = Cells(row)
            person = _person(cells, frozenset({Role.MENTOR}))
            profile = _profile(cells)
            if self._keep(cells, person, Role.MENTOR):
                self.profiles[profile.value.person] = profile

    def add_mentees(self, table: Table) -> None:
        for row in table.rows:
            cells = Cells(row)
            person = _person(cells, frozenset({Role.MENTEE}))
            goals = _goals_of(cells, person.value.id)
            self._check_new(cells, goals)
            if self._keep(cells, person, Role.MENTEE):
                self.goals.update((goal.value.id, goal) for goal in goals)

    def add_others(self, table: Table) -> None:
        for row in table.rows:
            cells = Cells(row)
            roles = _roles(cells)
            self._keep(cells, _person(cells, roles), *roles)

    def add_goals(self, table: Table) -> None:
        mentees = self.with_role(Role.MENTEE)
        for row in table.rows:
            cells = Cells(row)
            mentee = cells.id("mentee")
            if mentee and mentee not in mentees:
                cells.problem("mentee", f"there is no mentee {mentee!r}")
            goal = _goal(cells, cells, mentee)
            self._check_new(cells, [goal])
            if not cells.problems:
                self.goals[goal.value.id] = goal
            self.problems += cells.problems

    def _keep(self, cells: Cells, entry: Entry[Person], *roles: Role) -> bool:
        """Add the person, joined with what another file says of the same one."""
        before = self.people.get(entry.value.id)
        if before is not None and not cells.problems:
            if before.value.roles & set(roles):
                cells.problem("id", f"{entry.value.id!r} is already the id of {_place(before)}")
            for name in ("name", "timezone"):
                if getattr(before.value, name) != getattr(entry.value, name):
                    cells.problem(name, f"{_place(before)} says otherwise of the same id")
        self.problems += cells.problems
        if cells.problems:
            return False
        self.people[entry.value.id] = entry if before is None else _join(before, entry)
        return True

    def _check_new(self, cells: Cells, goals: Collection[Entry[Goal]]) -> None:
        seen: set[str] = set()
        for goal in goals:
            id = goal.value.id
            if id and (id in seen or id in self.goals):
                cells.problem("goals" if len(goals) > 1 else "id", f"the goal {id!r} is there already")
            seen.add(id)


def _person(cells: Cells, roles: frozenset[Role]) -> Entry[Person]:
    active = cells.flag("active")
    person = Person(
        id=cells.id("id"),
        name=cells.text("name", required=True, line=True, most=PROGRAMME.name_characters),
        roles=roles,
        timezone=cells.zone("timezone"),
        languages=cells.languages("languages"),
        background=cells.text("background"),
        career_stage=cells.text("career_stage", line=True),
        industry=cells.text("industry", line=True),
        email=cells.text("email", line=True, most=PROGRAMME.name_characters) or None,
        active=active is not False,
    )
    if person.email and (person.email.count("@") != 1 or len(person.email.split()) > 1):
        cells.problem("email", "this is no e-mail address")
    return _entry(person, cells, {name for name in _PERSON if cells.has(name)})


def _profile(cells: Cells) -> Entry[MentorProfile]:
    profile = MentorProfile(
        person=cells.id("id", required=False),
        headline=cells.text("headline", line=True),
        bio=cells.text("bio"),
        expertise=cells.items("expertise"),
        industry=cells.text("industry", line=True),
        years_experience=cells.whole("years_experience", 0, PROGRAMME.years_most),
        capacity_minutes=_capacity(cells),
        formats=cells.items("formats"),
        career_stage_served=cells.items("career_stage_served"),
    )
    if not (profile.headline or profile.bio or cells.problems):
        cells.problem("bio", "headline and bio are both empty: nothing says what this mentor offers")
    given = {name for name in (*_PROFILE, "industry") if cells.has(name)}
    if any(cells.has(name) for name in _CAPACITY):
        given.add("capacity_minutes")
    return _entry(profile, cells, given)


def _capacity(cells: Cells) -> int | None:
    """Minutes a month; a number of sessions counts as that many of middle length."""
    per_session = CAPACITY.minutes_per_session
    minutes = cells.whole("capacity_minutes_per_month", 0, PROGRAMME.capacity_minutes_most)
    sessions = cells.whole("capacity_per_month", 0, PROGRAMME.capacity_minutes_most // per_session)
    if minutes is not None or sessions is None:
        return minutes
    return sessions * per_session


def _roles(cells: Cells) -> frozenset[Role]:
    said = {role.lower() for role in cells.items("roles")}
    wrong = sorted(said - _OTHERS)
    if wrong:
        allowed = " or ".join(sorted(_OTHERS))
        cells.problem("roles", f"{wrong[0]!r} is not {allowed}: mentors and mentees have files of their own")
    elif not said and not any(problem.column == "roles" for problem in cells.problems):
        cells.problem("roles", "this is empty" if cells.has("roles") else "this is missing")
    return frozenset(Role(role) for role in said - set(wrong))


def _goals_of(cells: Cells, mentee: str) -> list[Entry[Goal]]:
    """Of a mentee's row: objects or texts in JSON, texts separated by semicolons in a CSV."""
    items: Any = cells.row.values.get("goals")
    if not cells.filled("goals"):
        return []
    if isinstance(items, str):
        items = [part for part in items.split(";") if part.strip()]
    if not isinstance(items, list) or len(items) > PROGRAMME.list_items:
        cells.problem("goals", f"this must be a list of at most {PROGRAMME.list_items} goals")
        return []
    goals = []
    for number, item in enumerate(items, 1):
        values = {"text": item} if isinstance(item, str) else item
        if not isinstance(values, dict):
            cells.problem("goals", f"goal {number} is neither a text nor an object")
            continue
        inner = Cells(
            Row(file=cells.row.file, number=cells.row.number, values=values), f"goals, goal {number}, "
        )
        goals.append(_goal(inner, cells, mentee))
        cells.problems += inner.problems
    return goals


def _goal(cells: Cells, row: Cells, mentee: str) -> Entry[Goal]:
    """Without an id, the id comes from the words: the same goal has it again next time."""
    text = cells.text("text", required=True, most=LIMITS.goal_characters)
    made = f"{mentee}-g-{content_hash(fold(text))[7:15]}" if text and mentee else ""
    goal = Goal(
        id=cells.id("id", required=False) or made,
        mentee=mentee,
        text=text,
        specific=cells.flag("specific"),
        better=cells.text("better", most=LIMITS.goal_characters) or None,
    )
    given = {name for name in ("specific", "better") if cells.filled(name)}
    return _entry(goal, row, {"mentee", "text", *given})


def _entry(value: Any, cells: Cells, given: Collection[str]) -> Entry[Any]:
    return Entry(value=value, given=frozenset(given) - {"id"}, file=cells.row.file, row=cells.row.number)


def _place(entry: Entry[Person]) -> str:
    return f"{entry.file} {'row' if entry.file.endswith('.csv') else 'item'} {entry.row}"


def _join(before: Entry[Person], after: Entry[Person]) -> Entry[Person]:
    """One person of two files: both roles, and of each field the last that says something."""
    old, new = before.value, after.value
    said = {name: getattr(new, name) for name in after.given if getattr(new, name) not in ("", (), None)}
    said["active"] = old.active and new.active
    joined = replace(old, **said, roles=old.roles | new.roles)
    return replace(before, value=joined, given=before.given | after.given)
