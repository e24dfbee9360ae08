"""What is refused at the door, before any parser sees it."""

from __future__ import annotations

import re
import zipfile
import zlib
from io import BytesIO

from copilot.errors import BadInput, TooLarge
from copilot.thresholds import LIMITS, TRANSCRIPT

_CONTROL = re.compile(r"[\x01-\x08\x0e-\x1b\x7f\x80-\x84\x86-\x9f]")
_NEWLINE = re.compile(r"\r\n?|[\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_DTD = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def check_size(data: bytes) -> None:
    """Raises BadInput for nothing at all, TooLarge above the limit in bytes."""
    if not data:
        raise BadInput("The transcript file is empty.")
    if len(data) > LIMITS.transcript_bytes:
        raise TooLarge(
            f"The transcript is larger than {LIMITS.transcript_bytes / 1e6:.0f} MB, the limit.",
            "Send one session a file.",
        )


def check_words(count: int) -> None:
    """Raises TooLarge above the limit in words, BadInput for none."""
    if count > LIMITS.transcript_words:
        raise TooLarge(
            f"The transcript has {count:,} words; the limit is {LIMITS.transcript_words:,}.",
            "Send one session a file.",
        )
    if not count:
        raise BadInput("The transcript has no speech in it.", "Check that the right file was chosen.")


def decode(data: bytes) -> str:
    """Text with "\\n" line ends. UTF-8 with or without a mark, UTF-16 with one; else BadInput."""
    utf16 = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    if data.startswith(b"PK\x03\x04"):
        raise BadInput("This is a zip or Word file with a text ending.", "Name Word files .docx.")
    try:
        text = data.decode("utf-16" if utf16 else "utf-8-sig")
    except UnicodeDecodeError as error:
        raise BadInput("The transcript is not UTF-8 text.", "Save it as UTF-8 and try again.") from error
    if "\x00" in text:
        raise BadInput("The transcript has NUL characters: it is not text.", "Export it again as text.")
    for kind, start in (("an RTF", r"\s*\{\\rtf"), ("an HTML", r"\s*<(?:!doctype )?html\b")):
        if re.match(start, text, re.IGNORECASE):
            raise BadInput(f"This is {kind} file, not a transcript.", "Save it as plain text or .docx.")
    text, controls = _CONTROL.subn("", text)
    if controls > TRANSCRIPT.control_share * max(1, len(text)):
        raise BadInput("The transcript is binary, not text.", "Export it again as text.")
    return _NEWLINE.sub("\n", text)


def check_docx(data: bytes) -> None:
    """Raises BadInput unless this is a Word file that unpacks to a bounded size, with no XML tricks."""
    if not data.startswith(b"PK\x03\x04"):
        raise BadInput("This is not a Word file, whatever its ending says.", "Save it as .docx.")
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, OSError) as error:
        raise BadInput("This Word file is damaged and cannot be read.", "Save it again as .docx.") from error


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    limit = TRANSCRIPT.docx_unpacked_bytes
    if len(parts) > TRANSCRIPT.docx_parts or sum(p.file_size for p in parts) > limit:
        raise TooLarge(f"This Word file unpacks to more than {limit / 1e6:.0f} MB.", "Send the text alone.")
    if any(p.flag_bits & 0x1 for p in parts):
        raise BadInput("This Word file is encrypted.", "Save it without a password.")
    if "word/document.xml" not in {p.filename for p in parts}:
        raise BadInput("This is a zip file without a Word document in it.", "Save it as .docx.")
    unpacked = 0
    for part in parts:
        unpacked = _check_part(archive, part, unpacked)


def _check_part(archive: zipfile.ZipFile, part: zipfile.ZipInfo, unpacked: int) -> int:
    """Really unpack one part, counting: what the directory declares may be a lie."""
    xml = part.filename.lower().endswith((".xml", ".rels"))
    tail = b""
    with archive.open(part) as stream:
        while chunk := stream.read(1 << 16):
            unpacked += len(chunk)
            if unpacked > TRANSCRIPT.docx_unpacked_bytes:
                raise TooLarge("This Word file unpacks to far more than it says.", "Send the text alone.")
            # UTF-16 XML hides "<!ENTITY" behind zero bytes; two chunks may share it.
            window = (tail + chunk).replace(b"\x00", b"")
            if xml and _DTD.search(window):
                raise BadInput(
                    "This Word file declares XML entities, which Word never does.", "Save it again."
                )
            tail = chunk[-64:]
    return unpacked
