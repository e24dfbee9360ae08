"""How goals are reworded and agendas fill their slot."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CoachingRules:
    """How far an engine's rewording of a goal is trusted. Read on evals/datasets/coaching, dev."""

    suggestion_characters: int = 700
    """Characters of a suggestion beyond twice the goal's own length; above, the answer is refused."""
    question_characters: int = 300
    """Above this a question is dropped."""
    question_characters_least: int = 12
    """Below this a question is dropped: shorter ones name nothing."""
    lost_facts_most: int = 6
    """Facts that code puts back in the mentee's own words; more lost, and the answer is refused."""


@dataclass(frozen=True, slots=True)
class AgendaRules:
    """How an agenda fills its slot. Lengths keep it on one printed page."""

    items_least: int = 3
    items_most: int = 7
    minutes_per_item: int = 6
    """Minutes of the slot for each item allowed: 3 items up to 23 minutes, 5 in 30, 7 from 42 on."""
    item_minutes_least: int = 2
    """An item shorter than this cannot be held."""
    actions_in_items: int = 3
    """Open actions named inside the items; the rest stands in the list below the agenda."""
    disagreements_in_items: int = 2
    prompts_most: int = 5
    title_characters: int = 90
    line_characters: int = 300
    """For a purpose, prompt, question or prework; above, a prompt is dropped and a purpose is cut."""
