"""Programme folders, JSON or CSV, read and checked."""

from copilot.importing.problems import BadProgramme, Problem
from copilot.importing.programme import read_programme
from copilot.importing.values import Entry, ProgrammeFiles, TranscriptFile, UnknownColumn

__all__ = [
    "BadProgramme",
    "Entry",
    "Problem",
    "ProgrammeFiles",
    "TranscriptFile",
    "UnknownColumn",
    "read_programme",
]
