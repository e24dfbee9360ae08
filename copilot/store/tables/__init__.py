"""The schema: normal tables, everything inside a programme, nothing outlives what it belongs to."""

from copilot.store.tables.agendas import agenda, agenda_item, agenda_line
from copilot.store.tables.base import metadata, programme
from copilot.store.tables.conflicts import conflict, pair_decision, pair_verdict
from copilot.store.tables.people import goal, mentor_profile, passage, person, person_role
from copilot.store.tables.recaps import (
    action_item,
    action_progress,
    advice,
    note,
    recap,
    summary_point,
)
from copilot.store.tables.sessions import session, transcript, turn
from copilot.store.tables.vectors import vector, vector_revision

__all__ = [
    "action_item",
    "action_progress",
    "advice",
    "agenda",
    "agenda_item",
    "agenda_line",
    "conflict",
    "goal",
    "mentor_profile",
    "metadata",
    "note",
    "pair_decision",
    "pair_verdict",
    "passage",
    "person",
    "person_role",
    "programme",
    "recap",
    "session",
    "summary_point",
    "transcript",
    "turn",
    "vector",
    "vector_revision",
]
