"""Signs of opposition that rules read better than a small model: amounts, negation, opposites, order."""

from __future__ import annotations

import math
import re

from copilot.domain import AdvicePair
from copilot.hedges import without_hedges
from copilot.quantities import amounts, clash
from copilot.text import words

SIGNS = ("clash", "same_amount", "negation", "opposites", "order", "conditions", "length", "only_first")
_NEGATIONS = frozenset(
    "not no never don't dont nobody nothing neither without stop avoid skip refuse decline drop quit forget "
    "cut cancel resist can't cannot won't shouldn't".split()
)
_OPPOSITES = (
    "start/stop start/finish start/wait begin/wait begin/end accept/decline accept/refuse accept/reject "
    "take/decline take/refuse take/leave take/drop take/turn keep/drop keep/stop keep/quit keep/sell "
    "keep/give keep/leave keep/change keep/end keep/cut stay/leave stay/quit stay/resign stay/go "
    "buy/rent buy/sell hire/fire open/close raise/lower raise/cut increase/cut more/less more/fewer "
    "ask/wait ask/tell now/later now/wait today/later before/after first/last first/after early/late "
    "earlier/later immediately/wait alone/together yourself/hire yourself/delegate yourself/hand "
    "public/private publicly/privately tell/hide tell/quiet say/quiet share/keep share/quiet show/hide "
    "name/wait all/only all/few every/only everything/only everyone/only both/one full/part free/charge "
    "free/paid formal/informal written/spoken email/call email/phone write/call write/phone phone/wait "
    "apply/wait send/wait send/hold sign/wait sign/refuse long/short big/small deep/broad broad/narrow "
    "wide/narrow specialise/generalist specialize/generalist fast/slow quickly/slowly slow/quick "
    "delay/now postpone/now postpone/start delay/start move/stay change/stay switch/stay switch/stick "
    "stick/change stick/switch add/remove add/cut add/drop weekly/monthly daily/weekly weekday/weekend "
    "weekdays/weekends morning/evening mornings/evenings follow/ignore answer/ignore reply/ignore "
    "push/accept negotiate/accept negotiate/take resign/keep quit/keep sell/hold join/leave "
    "include/omit include/leave mention/leave mention/omit mention/quiet attend/skip go/skip "
    "internal/external remote/office cheap/expensive save/spend invest/save borrow/save lead/support "
    "speak/listen talk/listen contact/wait publish/wait launch/wait test/ship refuse/agree "
    "agree/decline yes/no always/never "
).split()
_OTHER: dict[str, set[str]] = {}
for _pair in _OPPOSITES:
    _one, _two = _pair.split("/")
    _OTHER.setdefault(_one, set()).add(_two)
    _OTHER.setdefault(_two, set()).add(_one)


def _base(word: str) -> str:
    """The form in which the list of opposites knows a word: "keeping" is "keep"."""
    word = word.lower().replace("’", "'")
    for end, more in (("ing", ""), ("ing", "e"), ("ed", ""), ("ed", "e"), ("s", "")):
        if word.endswith(end) and word[: -len(end)] + more in _OTHER:
            return word[: -len(end)] + more
    return word


_CONDITION = re.compile(r"\b(?:if|unless|once|when|as long as|only after|only when|until)\b", re.I)
_ORDER = re.compile(
    r"\b(before|after|until|first|last|then|by|since|now|later|wait|early|late|already|yet)\b", re.I
)
_FIRST = re.compile(
    r"\b(?:only|first|all|every|whole|entire|nothing|rest|priority|most|main|before anything)\b", re.I
)


def signs(pair: AdvicePair) -> list[float]:
    """One number for each of SIGNS, the same in either order of the sides."""
    one, other = without_hedges(pair.a.text), without_hedges(pair.b.text)
    first, second = amounts(one), amounts(other)
    x, y = ({_base(w) for w in words(t)} for t in (one, other))
    found = clash(first, second)
    ratio = math.log(max(found[0].value, 1e-6) / max(found[1].value, 1e-6)) if found else 0.0
    same = any(p.unit == q.unit and p.value == q.value and p.per == q.per for p in first for q in second)
    apart = len({m.lower() for m in _ORDER.findall(one)} ^ {m.lower() for m in _ORDER.findall(other)})
    return [
        min(abs(ratio), 3.0),
        float(same),
        float(bool(x & _NEGATIONS) != bool(y & _NEGATIONS)),
        min(3.0, float(sum(len(_OTHER.get(w, set()) & (y - x)) for w in x - y))),
        min(3.0, float(apart)),
        float(bool(_CONDITION.search(one))) + float(bool(_CONDITION.search(other))),
        math.log((len(x) + len(y)) / 40),
        float(bool(_FIRST.search(one))) * float(bool(_FIRST.search(other))),
    ]
