"""Signs in a goal text: a deadline, a measure, a stated outcome, context, and how much it asks at once."""

from __future__ import annotations

import re

_N = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a few|(?:a )?couple of|couple|an?)"
_UNIT = r"(?:day|week|month|quarter|semester|term|year|wk|mo|yr|hour|hr)s?"
_MONTH = (
    r"(?:january|february|april|june|july|august|september|october|november|december|januar|februar"
    r"|märz|juni|juli"
    r"|oktober|dezember|enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|octubre|noviembre"
    r"|diciembre"
    r"|janvier|février|avril|mai|juin|juillet|août|septembre|octobre|novembre|décembre|janeiro"
    r"|fevereiro|março|maio"
    r"|junho|julho|setembro|outubro|novembro|dezembro)"
)
_SHORT = r"(?:jan|feb|mar|march|apr|may|jun|jul|aug|sept?|oct|nov|dec)"
_DAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_PERIOD = (
    r"(?:week|month|quarter|term|semester|year|spring|summer|autumn|fall|winter|sprint|cycle"
    rf"|season|{_MONTH}|{_SHORT})"
)
_EVENT = (
    r"(?:review|appraisal|interview|deadline|exam|christmas|easter|ramadan|eid|diwali|holidays?|summer"
    r"|winter|spring"
    r"|autumn|fall|birthday|conference|offsite|demo|launch|graduation|leave|new year|meeting"
    r"|presentation|talk|cycle"
    r"|retirement|contract|panel|assessment|hearing|visit|audit|call|pitch|board|viva|defen[cs]e|start"
    r"|offer expires)"
)
DEADLINE = re.compile(
    "|".join(
        (
            r"\bon the \d{1,2}(?:st|nd|rd|th)\b|\b\d{4}-\d{2}-\d{2}\b"
            r"|\b\d{1,2}[./]\d{1,2}(?:[./]\d{2,4})?\b|\bq[1-4]\b|\b(?:by|in|before"
            r"|until)\s+20\d\d\b",
            rf"(?<!since )(?<!last )\b{_MONTH}\b",
            rf"\b(?:by|before|until|till|on|in|end of|early|mid|late|this|next|for|of|from)\s+{_SHORT}\b",
            rf"\b{_SHORT}\s+\d{{1,2}}\b|\b\d{{1,2}}(?:st|nd|rd|th)?\s+(?:of\s+)?{_SHORT}\b",
            rf"\b(?:by|before|on|this|next|coming|until|till)\s+{_DAY}\b|\btomorrow\b|\btonight\b"
            rf"|\bnext {_DAY}",
            rf"\b(?:by|before|until|within|in|inside|over|during)\s+(?:(?:the|my|about|around|roughly"
            rf"|next|coming|first"
            rf"|under)\s+)*{_N}[- ]+(?:more\s+)?{_UNIT}\b(?!\s+(?:of experience|ago|old|in\b))",
            rf"\b(?:my|the) (?:first|next) (?:\d+|few|ninety|hundred|three|six) {_UNIT}\b",
            rf"\b(?:this|next|coming)\s+{_PERIOD}\b|\bend of (?:the |this |next |my )?{_PERIOD}\b"
            rf"|\beo[ymq]\b",
            rf"\b(?:by|before|for|ahead of|in time for|until|at)\s+(?:(?:the|my|our|an?|next|annual"
            rf"|yearly|mid-?year)\s+)"
            rf"(?:[\w'-]+\s+){{0,3}}?{_EVENT}\b|\b(?:by|before|until)\s+{_EVENT}\b",
            r"\bbefore (?:i|we|my|the) (?:turn|start|leave|go|retire|graduate|finish|return"
            r"|\w+ (?:ends?|expires?|leaves?|s"
            r"tarts?|closes?))\b|\bdays? from now\b|\bby the time\b",
            rf"\b(?:bis|innerhalb|binnen|in|vor)\s+(?:\w+\s+){{0,3}}(?:{_MONTH}|wochen?|monaten?"
            rf"|jahres?(?:ende)?|tagen"
            rf"|sommer|herbst|winter|frühling|freitag|montag)\b|\bdieses jahr\b"
            rf"|\bnächste[nrs]? (?:woche|monat|jahr)\b",
            rf"\b(?:antes|até|para|en|em|dentro|hasta|avant|d'ici|dans|au"
            rf"|fin)\s+(?:[\w']+\s+){{0,3}}?(?:{_MONTH}|semanas?|"
            r"mes(?:es)?|mois|semaines?|años?|anos?|ans|verano|verão|été|fin de año|fim do ano|année"
            r"|viernes|sexta)\b",
        )
    ),
    re.IGNORECASE,
)
_PAST = re.compile(
    rf"\b(?:for|after|since|over|nearly|almost|about|past|last|the past|have|had|with"
    rf"|got)?\s*(?:the\s+)?(?:past\s+|last\s+)?"
    rf"(?:{_N}|\d+\+?)\s*\+?[- ]?(?:years?|yrs?|months?|weeks?|days?|jahren?|años?|anos?|ans|mois"
    rf"|meses)\b(?:[- ]old)?"
    rf"|\bage[d]?\s+\d+|\b(?:i'm|i am|im)\s+\d+\b|\bsince\s+\d+|\bin (?:19|20)\d\d\b"
    r"|\b(?:of|with|have|manage|lead|at|to|in front of)\s+\d+\s+(?:people|staff|employees|reports"
    r"|engineers|users)\b"
    r"|^\W*\d{2}\b(?=\s*(?:,|\.|and|yo\b|y/o))",
    re.IGNORECASE,
)
_MAKE = (
    r"(?:writ(?:e|ten|ing)|draft|finish|complete|submit|send|prepar\w+|have|build|leave with"
    r"|walk away with|come away with"
    r"|create|publish|produce|record|put together|hand in|deliver|rehearse|ship|agree|sign|make|present"
    r"|design|get|"
    r"schreiben|erstellen|escribir|entregar|écrire|rédiger|escrever)"
)
_THING = (
    r"(?:plan|cv|résumé|resume|letter|script|checklist|portfolio|deck|proposal|budget|outline|essay"
    r"|chapter|slides|agenda"
    r"|roadmap|template|prototype|page|case stud(?:y|ies)|draft|list|shortlist|pitch|contract|report"
    r"|paper|article|app"
    r"|website|e-?mail|message|statement|summary|talk|presentation|dashboard|questions|answers?|stories"
    r"|projects?"
    r"|schedule|policy|brief|charter|feedback form|criteria|lebenslauf|vortrag|currículum|mémoire|tese"
    r"|tesis)"
)
_EVENTS = re.compile(
    r"\bsign(?:ed|ing)?\b|\b(?:get|receive|be offered|land|secure|accept|have|win|find"
    r"|obtain)\b.{0,40}\b(?:offers?|job|role"
    r"|position|contract|place|internship|apprenticeship|promotion|client|funding|grant|visa|sponsor"
    r"|certificate|licen[cs]e)\b"
    r"|\bpromoted (?:to|from)\b|\bpass(?:ed|ing)?\b|\bcertif\w+|\bgraduate\b|\bpublish\w*|\blaunch\w*"
    r"|\bship(?:ped)?\b"
    r"|\b(?:hire|hired|recruit)\b|\bdecid(?:e|ed|ing) (?:whether|between|if|on|which)\b"
    r"|\bagree(?:d)? (?:on|with|to)\b"
    r"|\benrol\w*|\bregister\w*|\bapproved\b|\bmerged?\b|\bsubmit\w*|\bdeliver\w*"
    r"|\bhand(?:ed)? over\b"
    r"|\brun (?:my|a|the) first\b|\bfirst (?:paying )?(?:client|customer|sale)\b|\bgive (?:a|the"
    r"|my)\b.{0,30}\btalk\b"
    r"|\bbestehen\b|\baprobar\b|\bréussir\b|\bpassar n[ao]\b|\bunterschr|\bfirmar\b|\bsigner\b|\bassinar\b",
    re.IGNORECASE,
)
_ARTEFACT = re.compile(
    rf"\b{_MAKE}\b(?:\W+[\w'-]+){{0,6}}?\W+{_THING}\b|\bone[- ]page|\ba list of\b", re.IGNORECASE
)
_COUNT = re.compile(
    r"[€£$]\s?\d|\d\s?(?:%|€|£|k\b)|\b\d+(?:[.,]\d+)?\b|\b(?:two|three|four|five|six|seven|eight"
    r"|ten)\b",
    re.I,
)
_YESNO_NEEDS = re.compile(
    r"\b(?:new|better|good|nice|dream|decent|different|proper|real|great|other)\s+(?:job|role|career"
    r"|position|work|life|path"
    r"|one)\b(?!\s+(?:as|in|at|with)\b)|\ba job\b(?!\s+(?:as|in|at|with)\b)",
    re.IGNORECASE,
)
_VAGUE = re.compile(
    r"\b(?:better|improve\w*|more|grow\w*|help|advice|figure out|understand|explore|stuck|lost|feel\w*"
    r"|confiden\w*|network\w*"
    r"|balance|next steps?|something|stuff|things?|somehow|not sure|no idea|don't know|maybe|unsure"
    r"|learn about|know about|"
    r"tips|guidance|good at|succeed|success\w*|level up|develop|progress|move forward|direction|besser"
    r"|mehr|mejor\w*|más"
    r"|mieux|améliorer|plus|melhor\w*|mais|hilfe|ayuda|aide|ajuda|struggl\w*|dealing with|deal with"
    r"|manage)\b",
    re.IGNORECASE,
)
_CHANGE = re.compile(
    r"\b(?:become|get|be|move|switch|land|start|open|build|write|lead|run|negotiate|ask|pass|reach|cut"
    r"|reduce|increase|double"
    r"|hire|teach|deliver|give|present|finish|apply|join|leave|quit|return|go|earn|win|set up|hand|stop"
    r"|say|automate"
    r"|werden|wechseln|bestehen|finden|ser|cambiar|conseguir|empezar|devenir|trouver|changer|mudar"
    r"|virar|encontrar|passar)\b",
    re.IGNORECASE,
)
_SITUATION = re.compile(
    r"\bfirst[- ]time\b|\bcoming from\b|\bi (?:still|already|just|always|often|usually|never) \w+"
    r"|\b(?:i )?had \d+|\b\d+ ?\+?(?:yrs?|years)\b"
    r"|^\W*\d\d\b"
    r"|\b(?:manager|lead|head|owner|student|teacher|nurse|engineer|developer) (?:of|at|in|with|for)\b"
    r"|\b(?:i'm|i am|i work|i've|i have been|i was|currently|right now|my (?:manager|boss|team|company"
    r"|job|role|current|supervis"
    r"or|employer|degree|background|startup|school|firm)|as an? \w+|years?|at my|in my|from \w+ (?:to"
    r"|into)|ich bin|ich arbeite"
    r"|soy|trabajo (?:como|en)|je suis|je travaille|sou|trabalho (?:como|em))\b",
    re.IGNORECASE,
)
_SOFT_VERBS = frozenset(
    """be improve feel understand explore know learn grow develop manage deal cope handle think strengthen
    find figure network become get succeed survive progress balance help""".split()
)
_HERE = re.compile(
    r"\b(?:in|by the end of|during|from|for|at) (?:this|our|the|today's) (?:session|call|meeting|chat"
    r"|conversation|slot|half"
    r" hour|hour)\b|\b(?:leave|walk away|come away)(?: (?:this|the|our) \w+)? with\b|\bin (?:these )?\d+ min",
    re.IGNORECASE,
)


def deadline(text: str) -> bool:
    """A date or a period that is still to come."""
    return bool(DEADLINE.search(text))


def measure(text: str) -> bool:
    """A number that counts (not an age or a date), an artefact to make, or an event that happens or not."""
    bare = DEADLINE.sub(
        " ", _PAST.sub(" ", text) if not DEADLINE.search(text) else _PAST.sub(" ", DEADLINE.sub(" ", text))
    )
    return bool(
        _COUNT.search(bare)
        or _ARTEFACT.search(text)
        or (_EVENTS.search(text) and not _YESNO_NEEDS.search(text))
    )


def outcome(text: str) -> bool:
    """Whether the text says what will be different, and not only a topic, a wish to improve, or a worry."""
    if _YESNO_NEEDS.search(text):
        return False
    if measure(text) and (_CHANGE.search(text) or _ARTEFACT.search(text) or _EVENTS.search(text)):
        return True
    return bool(_CHANGE.search(text)) and not _VAGUE.search(text) and len(text.split()) >= 4


def change(core: str) -> bool:
    """Whether a phrase that starts with a verb says a result ("raise my rate") and not a wish to improve."""
    first = core.split(" ", 1)[0].lower()
    return bool(first) and first not in _SOFT_VERBS


def context(text: str, background: str) -> bool:
    """Whether a mentor learns who is asking, or from where."""
    return bool(background.strip() or _SITUATION.search(text))


def for_this_session(text: str) -> bool:
    """The mentee already cut the goal to one conversation."""
    return bool(_HERE.search(text))
