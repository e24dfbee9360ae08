"""First schema: people, sessions, transcripts, recaps, agendas, conflicts, vectors.

Written out in full, apart from `copilot.store.tables`: a migration stays as it was when the tables
move on. Constraints get their names from the naming convention of the metadata.
"""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_STATUS = ("draft", "approved", "sent back")
_SPEAKER = ("mentor", "mentee", "other")
_ACTION = ("open", "done", "changed plan", "stuck")
_KIND = ("direct", "conditional", "quantitative", "temporal", "priority")
_TRIAGE = ("open", "confirmed", "both can hold", "dismissed", "settled")

Part = Any


def upgrade() -> None:
    op.create_table("programme", sa.Column("id", sa.Text(), primary_key=True))
    _people()
    _goals_and_sessions()
    _transcripts()
    _recaps()
    _advice_and_actions()
    _summaries_and_notes()
    _agendas()
    _conflicts()
    _caches()


def downgrade() -> None:
    for table in (
        "vector_revision vector pair_verdict pair_decision conflict "
        "agenda_line agenda_item agenda note action_progress "
        "action_item advice summary_point recap turn transcript session goal passage mentor_profile "
        "person_role person programme"
    ).split():
        op.drop_table(table)


def _key(*names: str) -> list[Part]:
    """Ids that are unique inside a programme."""
    return [sa.Column(name, sa.Text(), primary_key=True) for name in ("programme_id", *names)]


def _text(*names: str, null: bool = False) -> list[Part]:
    return [sa.Column(name, sa.Text(), nullable=null) for name in names]


def _int(*names: str, null: bool = False) -> list[Part]:
    return [sa.Column(name, sa.Integer(), nullable=null) for name in names]


def _float(*names: str, null: bool = False) -> list[Part]:
    return [sa.Column(name, sa.Float(53), nullable=null) for name in names]


def _json(*names: str) -> list[Part]:
    return [sa.Column(name, sa.JSON(), nullable=False) for name in names]


def _flag(name: str, null: bool = False) -> Part:
    return sa.Column(name, sa.Boolean(), nullable=null)


def _inside(table: str, *columns: str, ondelete: str | None = "CASCADE") -> list[Part]:
    remote = [f"{table}.programme_id", f"{table}.id"]
    return [
        sa.ForeignKeyConstraint(["programme_id", column], remote, ondelete=ondelete) for column in columns
    ]


def _of_programme() -> Part:
    return sa.ForeignKeyConstraint(["programme_id"], ["programme.id"], ondelete="CASCADE")


def _one_of(column: str, values: tuple[str, ...]) -> Part:
    return sa.CheckConstraint(f"{column} IN ({', '.join(repr(value) for value in values)})", name=column)


def _line(parent: str) -> list[Part]:
    """A line of a recap, an agenda or a transcript: which, where in it, whose."""
    reference = sa.ForeignKey(f"{parent}.id", ondelete="CASCADE")
    return [
        sa.Column(f"{parent}_id", sa.Integer(), reference, primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        *_text("programme_id"),
    ]


def _provenance() -> list[Part]:
    return [
        *_text("engine", "model", "input_hash", "thresholds"),
        *_text("prompt", "notice", null=True),
        *_int("calls", "prompt_tokens", "completion_tokens"),
        *_float("seconds"),
        *_float("cost", null=True),
    ]


def _index(table: str, *columns: str, unique: bool = False) -> None:
    names = ["programme_id", *columns]
    op.create_index(op.f(f"ix_{table}_{'_'.join(names)}"), table, names, unique=unique)


def _people() -> None:
    op.create_table(
        "person",
        *_key("id"),
        *_text("name", "timezone", "background", "career_stage", "industry"),
        *_text("email", null=True),
        *_json("languages"),
        _flag("active"),
        _of_programme(),
    )
    op.create_table(
        "person_role",
        *_key("person_id", "role"),
        *_inside("person", "person_id"),
        _one_of("role", ("mentee", "mentor", "coordinator", "admin")),
    )
    _index("person_role", "role")
    op.create_table(
        "mentor_profile",
        *_key("person_id"),
        *_text("headline", "bio", "industry"),
        *_json("expertise", "formats", "career_stage_served"),
        *_int("years_experience", "capacity_minutes", null=True),
        *_inside("person", "person_id"),
    )
    op.create_table(
        "passage",
        *_key("id"),
        *_text("person_id", "field", "text"),
        *_int("position"),
        *_inside("person", "person_id"),
    )
    _index("passage", "person_id")


def _goals_and_sessions() -> None:
    op.create_table(
        "goal",
        *_key("id"),
        *_text("mentee_id", "text"),
        *_text("better", null=True),
        _flag("specific", null=True),
        *_inside("person", "mentee_id"),
    )
    _index("goal", "mentee_id")
    op.create_table(
        "session",
        *_key("id"),
        *_text("mentor_id", "mentee_id", "state"),
        *_text("goal_id", "transcript_file", null=True),
        *_int("planned_minutes"),
        *_int("started_offset", null=True),
        sa.Column("started_at", sa.DateTime(timezone=True)),
        *_json("speakers"),
        *_inside("person", "mentor_id", "mentee_id"),
        *_inside("goal", "goal_id", ondelete=None),
        _one_of("state", ("requested", "accepted", "held", "cancelled")),
    )
    _index("session", "mentor_id", "started_at")
    _index("session", "mentee_id", "started_at")
    _index("session", "state", "started_at")
    _index("session", "goal_id")


def _transcripts() -> None:
    op.create_table(
        "transcript",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_text("programme_id", "session_id", "raw_hash", "format", "filename"),
        *_int("number"),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        _flag("inferred"),
        *_json("notices"),
        *_inside("session", "session_id"),
        sa.UniqueConstraint("programme_id", "session_id", "raw_hash"),
        sa.UniqueConstraint("programme_id", "session_id", "number"),
    )
    op.create_table(
        "turn",
        *_line("transcript"),
        *_text("speaker", "label", "text"),
        *_float("start_seconds", "end_seconds", null=True),
        _one_of("speaker", _SPEAKER),
    )


def _recaps() -> None:
    op.create_table(
        "recap",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_text("programme_id", "session_id", "status", "thanks"),
        *_text("editor", "generation", "approved_by", null=True),
        sa.Column("approved_at", sa.DateTime(timezone=True)),
        *_int("version", "unsupported"),
        *_float("coverage"),
        *_json("notices"),
        *_provenance(),
        *_inside("session", "session_id"),
        _one_of("status", _STATUS),
        sa.UniqueConstraint("programme_id", "session_id", "version"),
        sa.UniqueConstraint("programme_id", "session_id", "generation"),
    )
    approved = sa.text("status = 'approved'")
    where: dict[str, Any] = {"sqlite_where": approved, "postgresql_where": approved}
    op.create_index("uq_recap_approved", "recap", ["programme_id", "session_id"], unique=True, **where)


def _advice_and_actions() -> None:
    op.create_table(
        "advice",
        *_line("recap"),
        *_text("id", "quote", "text", "topic"),
        *_text("at", "condition", null=True),
        *_json("turns"),
        *_float("confidence"),
        sa.UniqueConstraint("recap_id", "id"),
    )
    _index("advice", "id")
    op.create_table(
        "action_item",
        *_line("recap"),
        *_text("id", "quote", "task", "state"),
        *_text("at", "owner", "due_said", null=True),
        sa.Column("due", sa.Date()),
        *_json("turns"),
        _one_of("owner", _SPEAKER),
        _one_of("state", _ACTION),
        sa.UniqueConstraint("recap_id", "id"),
    )
    _index("action_item", "id")
    op.create_table(
        "action_progress",
        *_key("action_id"),
        *_text("session_id", "state"),
        *_inside("session", "session_id"),
        _one_of("state", _ACTION),
    )
    _index("action_progress", "session_id")


def _summaries_and_notes() -> None:
    op.create_table("summary_point", *_line("recap"), *_text("text"), *_json("turns"))
    op.create_table(
        "note",
        *_line("recap"),
        sa.Column("kind", sa.Text(), primary_key=True),
        *_text("quote", "text"),
        *_text("at", null=True),
        *_json("turns"),
        _one_of("kind", ("decision", "question", "opportunity")),
    )


def _agendas() -> None:
    op.create_table(
        "agenda",
        sa.Column("id", sa.Integer(), primary_key=True),
        *_text("programme_id", "session_id", "status", "goal", "done_when"),
        *_text("editor", "generation", null=True),
        *_int("version", "minutes"),
        *_provenance(),
        *_inside("session", "session_id"),
        _one_of("status", _STATUS),
        sa.UniqueConstraint("programme_id", "session_id", "version"),
        sa.UniqueConstraint("programme_id", "session_id", "generation"),
    )
    op.create_table(
        "agenda_item", *_line("agenda"), *_text("title", "purpose"), *_int("minutes"), *_json("prompts")
    )
    op.create_table(
        "agenda_line",
        *_line("agenda"),
        sa.Column("kind", sa.Text(), primary_key=True),
        *_text("text"),
        *_text("topic", null=True),
        _one_of("kind", ("question", "prework", "open action", "disagreement")),
    )


def _conflicts() -> None:
    sides: list[Part] = []
    for side in "ab":
        sides += _text(*(f"{side}_{name}" for name in ("advice", "session", "mentor", "quote")))
        sides += [*_text(f"{side}_text", f"{side}_topic"), *_text(f"{side}_condition", null=True)]
        sides.append(sa.Column(f"{side}_said_on", sa.Date()))
    op.create_table(
        "conflict",
        *_key("id"),
        *_text("mentee_id", "pair", "verdict", "kind", "when_a", "when_b", "settle"),
        *_int("severity"),
        *_float("confidence"),
        *sides,
        *_inside("person", "mentee_id"),
        *_inside("session", "a_session", "b_session"),
        _one_of("verdict", ("conflict", "worth comparing")),
        _one_of("kind", _KIND),
    )
    _index("conflict", "pair", unique=True)
    op.create_table(
        "pair_decision",
        *_key("pair"),
        *_text("a_session", "b_session", "status", "decided_by"),
        *_text("reason", null=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        *_inside("session", "a_session", "b_session"),
        _one_of("status", _TRIAGE),
    )
    _index("conflict", "mentee_id")
    for table in ("conflict", "pair_decision"):
        _index(table, "a_session")
        _index(table, "b_session")


def _caches() -> None:
    op.create_table(
        "pair_verdict",
        *_key("judge", "mentee_id", "a_advice", "b_advice"),
        *_text("label", "when_a", "when_b", "settle"),
        *_text("kind", null=True),
        *_float("score"),
        *_int("severity"),
        *_inside("person", "mentee_id"),
        _one_of("label", ("conflict", "compatible", "unrelated")),
        _one_of("kind", _KIND),
    )
    op.create_table(
        "vector",
        *_key("kind", "embedder", "owner_id"),
        *_text("content_hash"),
        *_int("dimensions"),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        _of_programme(),
    )
    op.create_table("vector_revision", *_key("kind", "embedder"), *_int("number"), _of_programme())
