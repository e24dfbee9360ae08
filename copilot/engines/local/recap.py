"""The local recap: claims found by the small model, worded by rules, summed up in their own words."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING

from copilot.dates import find_due
from copilot.domain import Claim, ClaimKind, RecapClaims, RecapRequest, Speaker, Turn
from copilot.engines.local.claims.decode import Found, decode, plainly_advised
from copilot.engines.local.claims.pieces import Piece, cut
from copilot.engines.local.claims.rules import kept, unusable
from copilot.engines.local.claims.topics import Rarity, counts, name, nouns, stem
from copilot.engines.local.outside import task
from copilot.engines.local.rewrite import advice, condition, tidy
from copilot.engines.local.summary import summarise, thank
from copilot.privacy import tells_of_another
from copilot.text import words
from copilot.thresholds import CLAIMS

if TYPE_CHECKING:
    from copilot.engines.local.claims.reader import Reader
    from copilot.ports import Embedder

_FLOORS = {kind: float(getattr(CLAIMS, kind.value)) for kind in ClaimKind}
_OTHER_SIDE = {Speaker.MENTOR: Speaker.MENTEE, Speaker.MENTEE: Speaker.MENTOR}


class LocalRecap:
    """Loads its weights at the first recap. Raises DamagedWeights where they are not the measured ones."""

    def __init__(self, embedder: Embedder) -> None:
        self._embedder = embedder
        self._loading = Lock()

    @cached_property
    def _loaded(self) -> Reader:
        from copilot.engines.local.claims.reader import Reader

        return Reader()

    @property
    def _reader(self) -> Reader:
        with self._loading:
            return self._loaded

    def recap(self, request: RecapRequest) -> RecapClaims:
        """Claims in the order of the call; empty where nothing was advised, promised or settled."""
        turns = request.turns
        pieces = cut(turns)
        everything = tuple(t.index for t in turns)
        without = unusable(pieces)
        if len(without) == len(pieces):
            return RecapClaims(summary=(), claims=(), thanks="", covered=everything)
        reader = self._reader
        classes = plainly_advised(pieces, reader.read(pieces), CLAIMS.advice)
        found = decode(pieces, classes, _FLOORS)
        standing = kept(pieces, found, without)
        claims = _Wording(turns, pieces, request, reader.rarity).claims(standing)
        usable = [p for i, p in enumerate(pieces) if i not in without and not tells_of_another(p.text)]
        return RecapClaims(
            summary=summarise(claims, usable, turns, request),
            claims=tuple(claims),
            thanks=thank(claims, request),
            covered=everything,
        )


class _Wording:
    """Turns found pieces of one call into claims with topic, owner, due date and condition."""

    def __init__(
        self, turns: Sequence[Turn], pieces: Sequence[Piece], request: RecapRequest, rarity: Rarity
    ) -> None:
        self._turns, self._pieces, self._rarity = turns, pieces, rarity
        self._call = counts([p.text for p in pieces])
        self._nouns = nouns([p.text for p in pieces])
        self._names = {
            Speaker.MENTOR: (request.mentor_name or "").split()[:1] or ["the mentor"],
            Speaker.MENTEE: (request.mentee_name or "").split()[:1] or ["the mentee"],
        }
        people = " ".join([t.label for t in turns] + [request.mentor_name or "", request.mentee_name or ""])
        self._avoid = frozenset(stem(w) for w in words(people))

    def claims(self, found: Sequence[Found]) -> list[Claim]:
        return [self._claim(f) for f in found]

    def _claim(self, f: Found) -> Claim:
        pieces, kind = self._pieces, f.kind
        last = self._with_due(f) if kind is ClaimKind.ACTION else f.last
        turn = self._turns[pieces[f.first].position]
        quote = turn.text[pieces[f.first].start : pieces[last].end]
        action, advised = kind is ClaimKind.ACTION, kind is ClaimKind.ADVICE
        whose = owner(quote, turn.speaker) if action else None
        text = advice(quote) if advised else self._task(quote, whose) if action else tidy(quote)
        return Claim(
            kind=kind,
            turns=(turn.index,),
            quote=quote,
            text=text,
            topic=name(text if advised else quote, self._call, self._nouns, self._rarity, self._avoid),
            condition=condition(quote) if advised else None,
            owner=whose,
            due=find_due(quote) if action else None,
            confidence=round(f.confidence, 3),
        )

    def _task(self, quote: str, whose: Speaker | None) -> str:
        if whose is None:
            return task(quote, "the other")
        return task(quote, self._names[_OTHER_SIDE[whose]][0])

    def _with_due(self, f: Found) -> int:
        """The piece that ends an action: a short afterthought with its date belongs to it."""
        pieces, after = self._pieces, f.last + 1
        if after >= len(pieces) or pieces[after].position != pieces[f.last].position:
            return f.last
        said = " ".join(p.text for p in pieces[f.first : after])
        extra = pieces[after].text
        short = len(extra.split()) <= CLAIMS.afterthought
        return after if short and not find_due(said) and find_due(extra) else f.last


def owner(quote: str, speaker: Speaker) -> Speaker | None:
    """Who is to do it: the speaker of "I'll …", the one addressed by "you'll …" or "can you …"."""
    said = quote.lower().replace("’", "'")
    mine = _position(
        said, (" i'll ", " i will ", " i'm ", " i can ", " let me ", " i could ", " i'd ", " i ")
    )
    yours = _position(
        said, (" you'll ", " you will ", " can you ", " could you ", " will you ", " you're going ")
    )
    if speaker is Speaker.OTHER:
        return None
    return _OTHER_SIDE[speaker] if yours < mine and mine == _NEVER else speaker


_NEVER = 10**9


def _position(said: str, phrases: Sequence[str]) -> int:
    padded = f" {said} "
    return min((padded.find(p) for p in phrases if p in padded), default=_NEVER)
