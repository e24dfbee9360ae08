"""Shallow signs of a piece that help the small model: who speaks and in which form."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from copilot.domain import Speaker

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from copilot.engines.local.claims.pieces import Piece

_I = re.IGNORECASE
OPENERS = (
    r"(?:(?:so|um+|uh+|er+|erm|em|ah|oh|well|okay|ok|right|and|but|no|yeah|yes|aye|look|listen|honestly|"
    r"like|just|then|also|anyway|hm+|mm+|i mean|you know|sure|fine|cool|actually|basically|maybe|first|"
    r"second|please|always|never|or|now|plus|because|cause)[\s,.…-]+)*"
)
VERBS = (
    "accept add agree aim allow ask attend avoid be become begin block book borrow break bring build buy "
    "call cancel charge check choose claim clear close collect come commit compare contact copy count cut "
    "decide decline delete demo describe do document don't draft draw drop email explain fill find finish "
    "fix focus follow forget get give go have hire hold ignore include invite join keep kill know lead "
    "learn leave let limit link list listen log look make mark measure meet mention message move name "
    "negotiate note offer open own park pay phone pick pitch plan post practise practice prepare present "
    "press price print promise protect publish push put quit quote raise read record reduce refuse "
    "rehearse remove reply replace request rest review revise rewrite ring run save say schedule see sell "
    "send set share show shut sign sit skip sleep sort spend split stand start state stay stick stop "
    "study submit swap take talk tell test think track treat try turn type use visit volunteer wait walk "
    "wear withdraw write"
).split()

_SIGNS: tuple[re.Pattern[str], ...] = tuple(
    re.compile(p, _I)
    for p in (
        rf"^{OPENERS}(?:{'|'.join(sorted(set(VERBS)))})\b(?!['’])",
        r"\byou(?:['’]d| would| should|['’]ll| could| might| may)?\s+(?:\w+\s)?(?:should|ought|must|need to|"
        r"have to|want to|better)\b|\byou (?:should|could|must|might)\b",
        r"\bi(?:['’]d| would)\b(?! (?:love|like|hate) to (?:know|hear))",
        r"\bi(?:['’]d| would)(?:n['’]t| not| never)\b|\bi wouldn['’]?t\b|\bi shouldn['’]t\b",
        r"^" + OPENERS + r"(?:don['’]?t|do not|never)\b",
        r"\b(?:if i were you|my advice|i(?:['’]d)? (?:suggest|recommend|advise)|why (?:not|"
        r"don['’]t you)|what "
        r"if you|have you (?:thought|considered|tried)|worth \w+ing|make sure|how about|the trick is|"
        r"you(?:['’]re| are) better off|no harm in)\b",
        r"\bi(?:['’]ll| will|['’]m going to|['’]m gonna| can| could)\b",
        r"\b(?:let me|i['’]ll (?:send|ask|email|write|ring|call|message|book|get|put|do|make|try|have|"
        r"bring))\b",
        r"\b(?:by|on|before|after|this|next|until|till) (?:mon|tues|wednes|thurs|fri|satur|sun)day\b|"
        r"\b(?:tonight|tomorrow|this (?:week|weekend|afternoon|evening|morning)|end of (?:the|this|next)|"
        r"next week)\b",
        r"\bi(?:['’]ve)? decided\b|\bi['’]m (?:going with|not going|taking|staying|doing)\b|\bthat['’]s "
        r"(?:settled|decided|it then)\b|\bmade (?:up )?m[ye] mind\b|\blet['’]s (?:say|go with)\b",
        r"\?\s*$",
        r"\b(?:don['’]?t know|no idea|not sure|nobody (?:knows|seems)|find out|wonder|depends|can['’]?t tell|"
        r"unclear|couldn['’]?t (?:tell|find))\b",
        r"\b(?:when i was|back then|years ago|my (?:first|old|last) (?:job|boss|manager|place|team)|i once|"
        r"i used to|i (?:did|had|was|got|went|made|spent|took|sent|told|left|lost|wrote))\b",
        r"\b(?:he|she|they|people|everyone|everybody|somebody|someone|mum|dad|mother|father|friend|brother|"
        r"sister|uncle|manager|boss|teacher)\b[\w ,]{0,20}\b(?:says?|said|tells?|told|reckons?|thinks?|kept|"
        r"keeps|wants?)\b",
        r"\b(?:forget (?:i said |that|it|what i)|scratch that|ignore (?:that|what i)|never mind|"
        r"no,? actually|"
        r"strike that|take that back|i take (?:it|that) back|actually,? no|don['’]t bother with that)\b",
        r"\bif (?:you|it|they|he|she|the|that|i|your)\b",
        r"\b(?:hiring|opening|vacancy|introduce|put (?:you|your name)|in touch|looking for|"
        r"there['’]s a (?:job|"
        r"place|spot|role|grant|scheme|programme|group|slot)|places? left|deadline|applications?)\b",
        r"\bso (?:you['’]re saying|what you['’]re saying|i should|basically i|you mean|you think)\b|"
        r"\byou said\b",
        r"\byou(?:['’]re| are)?\b",
        r"\b(?:i|me|my|i['’]m)\b",
        r"\b\w+(?:ed)\b|\b(?:was|were|had|did|went|got)\b",
        r"\d|\b(?:one|two|three|four|five|six|ten|half|hundred|thousand)\b",
    )
)
COUNT = len(_SIGNS) + 5
"""Columns of `signs`."""


def signs(pieces: Sequence[Piece]) -> NDArray[np.float32]:
    """Shape (len(pieces), COUNT): who speaks, length, first or last of its turn, and each pattern."""
    import numpy as np

    rows = np.zeros((len(pieces), COUNT), dtype=np.float32)
    for i, piece in enumerate(pieces):
        count = len(piece.text.split())
        first = i == 0 or pieces[i - 1].position != piece.position
        last = i + 1 == len(pieces) or pieces[i + 1].position != piece.position
        rows[i, :5] = (piece.speaker is Speaker.MENTOR, min(count, 30) / 30, count <= 3, first, last)
        rows[i, 5:] = [bool(sign.search(piece.text)) for sign in _SIGNS]
    return rows
