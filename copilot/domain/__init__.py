"""The values that every layer shares: frozen, typed, free of I/O."""

from copilot.domain.agenda import (
    Agenda,
    AgendaItem,
    AgendaPlan,
    AgendaRequest,
    Disagreement,
    OpenAction,
)
from copilot.domain.claims import Claim, ClaimKind, RecapClaims, RecapRequest
from copilot.domain.conflict import (
    AdvicePair,
    AdviceSide,
    Conflict,
    ConflictKind,
    Label,
    PairContext,
    PairVerdict,
    Triage,
    pair_key,
)
from copilot.domain.goal import Coaching, CoachRequest, Goal
from copilot.domain.match import Match, MatchQuery, MatchResult, Reason
from copilot.domain.people import MentorProfile, Person, Role
from copilot.domain.provenance import Drafted, Provenance, Usage
from copilot.domain.recap import ActionItem, ActionState, Advice, Note, Recap, Status, SummaryPoint
from copilot.domain.session import Session, SessionState
from copilot.domain.transcript import Speaker, Transcript, Turn

__all__ = [
    "ActionItem",
    "ActionState",
    "Advice",
    "AdvicePair",
    "AdviceSide",
    "Agenda",
    "AgendaItem",
    "AgendaPlan",
    "AgendaRequest",
    "Claim",
    "ClaimKind",
    "CoachRequest",
    "Coaching",
    "Conflict",
    "ConflictKind",
    "Disagreement",
    "Drafted",
    "Goal",
    "Label",
    "Match",
    "MatchQuery",
    "MatchResult",
    "MentorProfile",
    "Note",
    "OpenAction",
    "PairContext",
    "PairVerdict",
    "Person",
    "Provenance",
    "Reason",
    "Recap",
    "RecapClaims",
    "RecapRequest",
    "Role",
    "Session",
    "SessionState",
    "Speaker",
    "Status",
    "SummaryPoint",
    "Transcript",
    "Triage",
    "Turn",
    "Usage",
    "pair_key",
]
