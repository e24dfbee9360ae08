"""Routes for coordinators: import a programme, list people and sessions."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, UploadFile

from api.access import checked, parts_of
from copilot.bootstrap import Copilot
from copilot.errors import BadInput

router = APIRouter(dependencies=[Depends(checked)])
Parts = Annotated[Copilot, Depends(parts_of)]


@router.post(
    "/imports", tags=["coordinators"], summary="Import the files of a programme folder, all or nothing"
)
async def import_files(
    parts: Parts, files: list[UploadFile], skip_bad: Annotated[bool, Form()] = False
) -> dict[str, Any]:
    """`files`: mentors.json|csv, mentees.json|csv, sessions.json|csv, and transcripts, each named by
    its path in the folder ("transcripts/ts1.vtt")."""
    from anyio.to_thread import run_sync

    with TemporaryDirectory(prefix="copilot-import-") as folder:
        for file in files:
            target = Path(folder) / _safe(file.filename or "")
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(await file.read())
        return await run_sync(lambda: _import(parts, Path(folder), skip_bad))


def _import(parts: Copilot, folder: Path, skip_bad: bool) -> dict[str, Any]:
    from copilot.workflow.import_programme import import_programme
    from copilot.workflow.reindex import refresh_index

    report = import_programme(parts.store, folder, parts.programme, skip_bad=skip_bad)
    refresh_index(parts)
    return report.to_json()


def _safe(name: str) -> PurePosixPath:
    """A relative path of at most two parts; raises BadInput for anything that could leave the folder."""
    path = PurePosixPath(name.replace("\\", "/"))
    if not name or path.is_absolute() or ".." in path.parts or len(path.parts) > 2 or "\0" in name:
        raise BadInput(
            f"{name[:80]!r} is not a file of a programme folder.", 'Example: "transcripts/ts1.vtt"'
        )
    return path


@router.get("/people", tags=["coordinators"], summary="People of the programme")
def people(parts: Parts) -> dict[str, Any]:
    with parts.store.read(parts.programme) as unit:
        return {
            "people": [
                {"id": p.id, "name": p.name, "roles": sorted(p.roles), "timezone": p.timezone}
                for p in unit.people.all()
            ]
        }


@router.get("/sessions", tags=["coordinators"], summary="Sessions of the programme")
def sessions(parts: Parts) -> dict[str, Any]:
    with parts.store.read(parts.programme) as unit:
        return {
            "sessions": [
                {
                    "id": s.id,
                    "mentor": s.mentor,
                    "mentee": s.mentee,
                    "goal": s.goal,
                    "planned_minutes": s.planned_minutes,
                    "started_at": s.started_at.isoformat() if s.started_at else None,
                    "state": s.state,
                }
                for s in unit.sessions.all()
            ]
        }
