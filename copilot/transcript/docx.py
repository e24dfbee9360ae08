"""Word documents: Teams transcripts ("Name   0:03" above the speech), typed minutes, two-column tables."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from io import BytesIO
from typing import Any

from copilot.errors import BadInput
from copilot.transcript.plain import as_lines, read_lines
from copilot.transcript.utterance import Reading

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_BREAKS = {f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}tab": " ", f"{_W}noBreakHyphen": "-"}


def read_docx(data: bytes, known: Collection[str] = ()) -> Reading:
    """Speech of a .docx that `limits.check_docx` has let in. Raises BadInput when Word could not read it."""
    from docx import Document

    try:
        blocks = list(Document(BytesIO(data)).iter_inner_content())
        lines = [line for block in blocks for line in _block_lines(block)]
    except (KeyError, ValueError, SyntaxError, AttributeError, RecursionError) as error:
        raise BadInput("This Word file is damaged and cannot be read.", "Save it again as .docx.") from error
    return read_lines(as_lines(lines), known)


def _block_lines(block: Any) -> Iterator[str]:
    """Lines of a paragraph, or one line a table row: its cells as time, name and words."""
    if not hasattr(block, "rows"):
        yield from _text(block._p).split("\n")
        return
    for row in block._tbl.iter(f"{_W}tr"):
        cells = [" ".join(_text(cell).split()) for cell in row.iterchildren(f"{_W}tc")]
        cells = [cell for cell in cells if cell]
        yield _row(cells)


def _row(cells: list[str]) -> str:
    if len(cells) == 3 and cells[0][:1].isdigit():
        return f"[{cells[0]}] {cells[1]}: {cells[2]}"
    return f"{cells[0]}: {cells[1]}" if len(cells) == 2 else " ".join(cells)


def _text(element: Any) -> str:
    """Words as the page shows them: insertions in, deletions and duplicate fallbacks out."""
    out: list[str] = []
    for node in element.iter():
        if any(a.tag == _FALLBACK for a in node.iterancestors()):
            continue
        if node.tag == f"{_W}p" and out:
            out.append("\n")
        elif node.tag == f"{_W}t":
            out.append(node.text or "")
        elif node.tag in _BREAKS:
            out.append(_BREAKS[node.tag])
    return "".join(out)
