"""Mentoring Copilot: agendas, grounded recaps, fitting mentors and flagged conflicts of advice."""

__version__ = "0.1.0"
