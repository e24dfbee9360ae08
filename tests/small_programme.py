"""A programme small enough to run end to end in seconds, written to a folder by the tests."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

MENTORS: list[dict[str, Any]] = [
    {
        "id": "m1",
        "name": "Greta Holm",
        "headline": "Head of a bakery chain's finance team",
        "bio": "Fifteen years of pricing bread. I help people ask for a raise and read a budget. "
        "I can't help with visas.",
        "expertise": ["salary-negotiation", "budgeting"],
        "industry": "food",
        "languages": ["en"],
        "timezone": "Europe/Oslo",
        "capacity_per_month": 4,
        "career_stage_served": ["entry", "mid"],
    },
    {
        "id": "m2",
        "name": "Tunde Bakare",
        "headline": "Runs a print shop and mentors new managers",
        "bio": "I took over a team of five who were my friends. Ask me about first weeks as a manager, "
        "hard talks and pay.",
        "expertise": ["new-managers", "difficult-conversations"],
        "industry": "printing",
        "languages": ["en", "yo"],
        "timezone": "Africa/Lagos",
        "capacity_per_month": 2,
    },
]
MENTEES: list[dict[str, Any]] = [
    {
        "id": "e1",
        "name": "Mila Novak",
        "background": "Two years as a pastry assistant.",
        "career_stage": "entry",
        "industry": "food",
        "timezone": "Europe/Zagreb",
        "goals": [{"id": "g1", "text": "get payed more"}],
    }
]
SESSIONS: list[dict[str, Any]] = [
    {
        "id": "s1",
        "mentor": "m1",
        "mentee": "e1",
        "goal": "g1",
        "started_at": "2026-03-02T15:00:00+01:00",
        "planned_minutes": 30,
        "transcript": "s1.vtt",
        "speakers": {"Greta Holm": "mentor", "Mila Novak": "mentee"},
    },
    {
        "id": "s2",
        "mentor": "m2",
        "mentee": "e1",
        "goal": "g1",
        "started_at": "2026-03-09T15:00:00+01:00",
        "planned_minutes": 20,
        "transcript": "s2.txt",
        "speakers": {"Tunde": "mentor", "Mila": "mentee"},
    },
]
VTT = """WEBVTT

00:00:01.000 --> 00:00:04.000
<v Mila Novak>Hi Greta. I want to ask for more money but I am scared.</v>

00:00:05.000 --> 00:00:12.000
<v Greta Holm>You should ask for the raise in writing before the end of March.</v>

00:00:13.000 --> 00:00:20.000
<v Greta Holm>Always name the first number yourself, and make it ten percent.</v>

00:00:21.000 --> 00:00:26.000
<v Mila Novak>Okay. I will write the email to my boss by Friday.</v>

00:00:27.000 --> 00:00:31.000
<v Greta Holm>Good. I'll send you my own letter tomorrow.</v>
"""
SPOKEN = (
    "Hi Greta. I want to ask for more money but I am scared. "
    "You should ask for the raise in writing before the end of March. "
    "Always name the first number yourself, and make it ten percent. "
    "Okay. I will write the email to my boss by Friday. "
    "Good. I'll send you my own letter tomorrow."
)
"""The words of VTT, cues joined by one space."""
TXT = """[00:00:02] Tunde: So, pay. What have you got?
[00:00:06] Mila: Greta thinks I should say a number first.
[00:00:12] Tunde: I would never name the first number. Let your boss name it, and wait.
[00:00:20] Tunde: Don't put it in an email, talk to your boss face to face.
[00:00:28] Mila: Right. I'll book a meeting with her for next Tuesday.
"""


def write_programme(folder: Path) -> Path:
    """The programme as files in `folder`, which is made."""
    (folder / "transcripts").mkdir(parents=True)
    for name, rows in (("mentors", MENTORS), ("mentees", MENTEES), ("sessions", SESSIONS)):
        (folder / f"{name}.json").write_text(json.dumps(rows), encoding="utf-8")
    (folder / "transcripts" / "s1.vtt").write_text(VTT, encoding="utf-8")
    (folder / "transcripts" / "s2.txt").write_text(TXT, encoding="utf-8")
    return folder
