"""A checksum over an index folder, written after every change: what does not match is not opened.

Chroma can crash the process on flipped bytes, and does not notice a deleted segment, so the folder
is checked before it is opened (contents) and before every search (sizes and times, some 20 µs).
"""

from __future__ import annotations

import json
from pathlib import Path
from zlib import crc32

from copilot.errors import IndexUnusable

_SEAL = "seal.json"
_CHUNK = 1 << 20

Stamp = dict[str, tuple[int, int, int]]


def stamp(folder: Path) -> Stamp:
    """Relative path to (bytes, mtime in ns, inode) of every file but the seal."""
    out: Stamp = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not path.name.startswith(_SEAL):
            facts = path.stat()
            out[path.relative_to(folder).as_posix()] = (facts.st_size, facts.st_mtime_ns, facts.st_ino)
    return out


def write_seal(folder: Path, marker: str) -> None:
    """Record the marker of the rows and the contents of the files; atomic."""
    data = {"marker": marker, "files": _sums(folder)}
    draft = folder / f"{_SEAL}.new"
    draft.write_text(json.dumps(data), encoding="utf-8")
    draft.replace(folder / _SEAL)


def check_seal(folder: Path) -> str:
    """The marker under the seal. Raises IndexUnusable when the files are not those that were sealed."""
    try:
        data = json.loads((folder / _SEAL).read_text(encoding="utf-8"))
        marker, files = str(data["marker"]), dict(data["files"])
        found = _sums(folder)
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexUnusable("The vector index is missing or was not closed properly.") from error
    if files != found:
        raise IndexUnusable("The vector index has been damaged on disk.")
    return marker


def _sums(folder: Path) -> dict[str, int]:
    """CRC-32 guards against accidents, not against attackers, and reads a gigabyte a second."""
    out: dict[str, int] = {}
    for name in stamp(folder):
        total = 0
        with (folder / name).open("rb") as file:
            while chunk := file.read(_CHUNK):
                total = crc32(chunk, total)
        out[name] = total
    return out
