"""Which mentor fits a goal: profiles as passages, filters, a ranking that says why."""

from copilot.matching.candidates import Candidate, profile_text, shortlist
from copilot.matching.json import match_to_json
from copilot.matching.lexical import Lexicon
from copilot.matching.passages import FOR, Passage, profile_passages
from copilot.matching.rank import check_query, match

__all__ = [
    "FOR",
    "Candidate",
    "Lexicon",
    "Passage",
    "check_query",
    "match",
    "match_to_json",
    "profile_passages",
    "profile_text",
    "shortlist",
]
