"""Recaps: drafted from a file or a stored transcript, kept as versions, approved by the mentor."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from copilot.domain import Recap, RecapRequest, Session, Speaker, Status, Transcript
from copilot.errors import BadInput, NotFound
from copilot.recap import draft_recap, input_hash
from copilot.transcript import parse_transcript

if TYPE_CHECKING:
    from copilot.store import Unit
    from copilot.workflow.parts import Parts


_NEVER = datetime.max.replace(tzinfo=UTC)


def recap_file(
    parts: Parts,
    data: bytes,
    filename: str,
    *,
    started_at: datetime | None = None,
    speakers: Mapping[str, Speaker] | None = None,
    goal: str | None = None,
) -> tuple[Recap, Transcript]:
    """Draft a recap of a transcript that belongs to no stored session; nothing is kept."""
    transcript = parse_transcript(data, filename, speakers=speakers or {})
    request = RecapRequest(turns=transcript.turns, goal=goal, started_at=started_at)
    return draft_recap(transcript, parts.engine, request, session=session_name(filename)), transcript


def session_name(filename: str) -> str:
    """ "calls/ts1.vtt" -> "ts1"."""
    return filename.replace("\\", "/").rsplit("/", 1)[-1].rsplit(".", 1)[0] or "session"


def recap_session(parts: Parts, session_id: str, *, approve: bool = False) -> Recap:
    """Draft (or return the same draft of) a stored session's recap; optionally approve it.

    Approving here is for a one-person trial: it is done in the name of the session's mentor.
    A recap that a person has edited or approved is returned as it stands, never drafted over.
    """
    with parts.store.read(parts.programme) as unit:
        session = unit.sessions.get(session_id)
        transcript = unit.transcripts.latest(session_id)
        if transcript is None:
            raise NotFound(
                f"Session {session_id} has no transcript.", "Import one, or run: mentor-copilot recap FILE"
            )
        request = _request(unit, session, transcript)
        standing = unit.recaps.latest(session_id)
        touched = standing is not None and (
            standing.status is Status.APPROVED or unit.recaps.edited(session_id, standing.version)
        )
    recap = _keep_standing(standing, touched, transcript, request, parts)
    if recap is None:
        draft = draft_recap(transcript, parts.engine, request, session=session_id)
        recap = _save(parts, session_id, transcript, draft)
    return _approve(parts, session, recap) if approve and recap.status is not Status.APPROVED else recap


def sessions_with_transcripts(parts: Parts) -> list[str]:
    """Ids of the sessions that a recap can be drafted for, in order of time."""
    with parts.store.read(parts.programme) as unit:
        held = [s for s in unit.sessions.all() if unit.transcripts.latest(s.id) is not None]
    return [s.id for s in sorted(held, key=lambda s: (s.started_at or _NEVER, s.id))]


def recap_all(parts: Parts, *, approve: bool = False) -> Iterator[tuple[str, Recap]]:
    """Every stored transcript in turn; each recap is saved before the next is thought about."""
    for session_id in sessions_with_transcripts(parts):
        yield session_id, recap_session(parts, session_id, approve=approve)


def _request(unit: Unit, session: Session, transcript: Transcript) -> RecapRequest:
    mentor, mentee = unit.people.get(session.mentor), unit.people.get(session.mentee)
    goal = unit.goals.find(session.goal) if session.goal else None
    return RecapRequest(
        turns=transcript.turns,
        goal=(goal.better or goal.text) if goal else None,
        started_at=session.started_at,
        mentor_name=mentor.name,
        mentee_name=mentee.name,
    )


def _keep_standing(
    standing: Recap | None, touched: bool, transcript: Transcript, request: RecapRequest, parts: Parts
) -> Recap | None:
    """The latest version, where drafting again would give the same or overwrite a person's work."""
    if standing is None:
        return None
    if standing.provenance.input != input_hash(transcript, request):
        return None
    return standing if touched or _same_maker(standing, parts) else None


def _same_maker(recap: Recap, parts: Parts) -> bool:
    from copilot.thresholds import thresholds_hash

    made = recap.provenance
    return (made.engine, made.model, made.thresholds) == (
        parts.engine.name,
        parts.engine.model,
        thresholds_hash(),
    )


def _save(parts: Parts, session_id: str, transcript: Transcript, draft: Recap) -> Recap:
    with parts.store.write(parts.programme) as unit:
        now = unit.transcripts.latest(session_id)
        if now is None or now.raw_hash != transcript.raw_hash:
            raise BadInput(
                f"The transcript of session {session_id} was replaced while its recap was drafted.",
                "Run the same command again.",
            )
        return unit.recaps.add(draft)


def _approve(parts: Parts, session: Session, recap: Recap) -> Recap:
    with parts.store.write(parts.programme) as unit:
        return unit.recaps.approve(session.id, recap.version, by=session.mentor, at=parts.clock.now())
