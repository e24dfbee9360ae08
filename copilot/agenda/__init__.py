"""Agendas that fill the slot to the minute and carry what earlier sessions left open."""

from copilot.agenda.build import build_agenda
from copilot.agenda.ics import agenda_to_ics
from copilot.agenda.json import agenda_to_json
from copilot.agenda.markdown import agenda_to_markdown

__all__ = ["agenda_to_ics", "agenda_to_json", "agenda_to_markdown", "build_agenda"]
