"""The recap of one session: an engine claims, code checks, a draft comes out."""

from copilot.recap.draft import draft_recap, input_hash
from copilot.recap.json import recap_to_json
from copilot.recap.markdown import recap_to_markdown

__all__ = ["draft_recap", "input_hash", "recap_to_json", "recap_to_markdown"]
