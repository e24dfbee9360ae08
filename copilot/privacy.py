"""Words that tell private matters of somebody who is not in the call: pay, age, health."""

from __future__ import annotations

import re

_NUMBER = (
    r"(?:\d[\d.,]*|(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred)(?:[ -]\w+)?|"
    r"ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen)"
)
_SOMEBODY = (
    r"(?:he|she|him|her|his|(?:my|your|our|his|her|their) (?:\w+ )?(?:mum|mom|mother|dad|father|brother|"
    r"sister|wife|husband|partner|son|daughter|aunt|uncle|gran|grandmother|grandfather|boss|manager|lead|"
    r"colleague|flatmate|friend|neighbour|neighbor|team ?mate|predecessor))"
)
_PAY = (
    r"(?:(?:is|was|are|'s|'re) on|earns?|earning|makes|gets|got|paid|pay|salary|salaries)\b[^.?!]{0,25}?"
    rf"\b{_NUMBER}"
)
_AGE = (
    rf"(?:(?:is|was|'s|turned|turns|turning|just)(?: (?:now|nearly|almost|only|over|about))?) {_NUMBER}\b"
    r"(?! (?:per|days?|weeks?|months?|minutes?|hours?|people|times|of|or|and|o'clock|tickets?|pounds?|"
    r"percent)\b)"
)
_HEALTH = (
    r"(?:cancer|chemo|tumou?r|stroke|dementia|alzheimer|diabet|depress|anxiety|burn ?out|burnt out|breakdown|"
    r"rehab|therapy|therapist|pregnan|miscarr|surgery|operation|signed off|sick leave|hospital|medication|"
    r"adhd|autis|bipolar|disorder|heart attack|drinking problem|addict)"
)
_OTHERS = re.compile(
    rf"\b{_SOMEBODY}\b[^.?!]{{0,60}}?\b{_PAY}|\b{_SOMEBODY}\s?{_PAY}|"
    rf"\b{_SOMEBODY}\s?{_AGE}|\b{_SOMEBODY}\b[^.?!]{{0,80}}\b{_HEALTH}",
    re.IGNORECASE,
)


def tells_of_another(text: str) -> bool:
    """True where somebody else's pay, age or health is told: it is not the speakers' to hand on.

    By rule and in English only; misses what is put in other words.
    """
    return bool(_OTHERS.search(text.replace("’", "'")))
