"""Agendas and goals: do minutes add up, is what is open carried, are questions three, are facts kept?"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from evals.graders.spans import plain
from evals.values import Case, Grader, Output, Verdict, share, up, yes

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _minutes(case: Case, output: Output) -> Iterator[Verdict]:
    items = [item["minutes"] for item in output["agenda"]["items"]]
    wanted = case.input["minutes"]
    ok = sum(items) == wanted == output["agenda"]["minutes"] and all(m >= 1 for m in items)
    yield yes("minutes", ok, f"{items} make {sum(items)}, {wanted} were asked for")


def _carried(case: Case, output: Output) -> Iterator[Verdict]:
    agenda, wanted = output["agenda"], case.gold
    items, whole = plain(" ".join(_item_words(agenda))), plain(" ".join(_words(agenda)))
    yield from _found("carried", wanted.get("carried", ()), whole)
    yield from _found("asks", wanted.get("asks", ()), whole)
    yield from _found("builds_on", wanted.get("builds_on", ()), whole)
    yield from _found("about_goal", wanted.get("mentions", ()), whole)
    if "actions_named" in wanted:
        named = [c for c in wanted["carried"] if plain(c) in items]
        enough = len(named) >= wanted["actions_named"]
        yield yes("actions_named", enough, f"{len(named)} in the items, {wanted['actions_named']} wanted")
    if "items" in wanted:
        low, high = wanted["items"]
        yield yes(
            "items",
            low <= len(agenda["items"]) <= high,
            f"{len(agenda['items'])} items, {low} to {high} wanted",
        )
    banned = [w for w in wanted.get("forbid", ()) if plain(w) in whole]
    banned += [w for w in wanted.get("forbid_items", ()) if plain(w) in items]
    yield yes("nothing_unfit", not banned, f"has {banned}")


def _found(name: str, wanted: Sequence[str], text: str) -> Iterator[Verdict]:
    lost = [w for w in wanted if plain(w) not in text]
    yield from share(name, len(wanted) - len(lost), len(wanted), f"lost: {lost}" if lost else "")


def _item_words(agenda: Mapping[str, Any]) -> Iterator[str]:
    for item in agenda["items"]:
        yield from (item["title"], item["purpose"], *item["prompts"])


def _words(agenda: Mapping[str, Any]) -> Iterator[str]:
    yield from _item_words(agenda)
    yield from (*agenda["questions"], *agenda["prework"], *agenda["open_actions"], agenda["done_when"])
    for disagreement in agenda["disagreements"]:
        yield from disagreement.values()


def _three(case: Case, output: Output) -> Iterator[Verdict]:
    questions = output["coaching"]["questions"]
    distinct = {plain(q) for q in questions}
    ok = len(questions) == 3 == len(distinct) and all(q.strip().endswith("?") for q in questions)
    yield yes("three_questions", ok, f"{len(questions)} questions: {questions}")


def _specific(case: Case, output: Output) -> Iterator[Verdict]:
    coaching, wanted = output["coaching"], case.gold
    if "specific" in wanted:
        said = coaching["specific"]
        yield yes("specific", said == wanted["specific"], f"said {said}, labelled {wanted['specific']}")
    lacking = [m for m in wanted.get("missing_includes", ()) if m not in coaching["missing"]]
    extra = [m for m in wanted.get("missing_excludes", ()) if m in coaching["missing"]]
    number = len(wanted.get("missing_includes", ())) + len(wanted.get("missing_excludes", ()))
    why = f"not named as missing: {lacking}; wrongly named: {extra}" if lacking or extra else ""
    yield from share("missing", number - len(lacking) - len(extra), number, why)


def _figures(case: Case, output: Output) -> Iterator[Verdict]:
    given = f"{case.input['text']} {case.input.get('background', '')} {case.input['minutes']}"
    outside = re.sub(r"\[[^\]]*\]", " ", output["coaching"]["suggestion"])
    new = sorted(set(_NUMBER.findall(outside)) - set(_NUMBER.findall(given)))
    yield yes("no_new_figures", not new, f"figures that nobody gave: {new}")
    yield from _found("facts_kept", case.gold.get("keep", ()), plain(output["coaching"]["suggestion"]))
    minutes = output["coaching"]["fits_minutes"]
    yield yes("fits", 15 <= minutes <= 60, f"{minutes} minutes")


def _speaks(case: Case, output: Output) -> Iterator[Verdict]:
    suggestion = plain(output["coaching"]["suggestion"])
    whole = f"{suggestion} {plain(' '.join(output['coaching']['questions']))}"
    yield from _found("mentions", case.gold.get("mentions", ()), whole)
    yield from _found("sends_on", case.gold.get("mentions_suggestion", ()), suggestion)
    banned = [w for w in case.gold.get("forbid", ()) if plain(w) in whole]
    yield yes("nothing_unfit", not banned, f"has {banned}")
    if "language" in case.gold:
        wanted = case.gold["language"]
        said = max(_SMALL_WORDS, key=lambda tag: len(_SMALL_WORDS[tag] & set(re.findall(r"\w+", whole))))
        yield yes("language", said == wanted, f"reads like {said}, not {wanted}")


_SMALL_WORDS = {
    "en": frozenset("the you your what would and of to is it with".split()),
    "de": frozenset("der die das ich sie was wie und mit ist zu bis".split()),
    "es": frozenset("el la los que qué mi con para una cómo de y".split()),
    "fr": frozenset("le la les que je mon avec pour une comment de et vous".split()),
    "pt": frozenset("o os que eu meu com para uma como de e não você".split()),
}


MINUTES = Grader((up("minutes", "agendas that add up to the minute"),), _minutes)
CARRIED = Grader(
    (
        up("carried", "open actions and disagreements that the agenda carries"),
        up(
            "actions_named",
            "agendas whose items take up enough of the open actions",
        ),
        up("asks", "unsettled and open questions that are asked"),
        up("builds_on", "points of earlier sessions that are built on"),
        up("about_goal", "words of the goal that the agenda takes up"),
        up("items", "agendas with a fitting number of items"),
        up("nothing_unfit", "outputs without words that are unfit for the case"),
    ),
    _carried,
    lambda case: {
        **{k: float(len(case.gold.get(k, ()))) for k in ("carried", "asks", "builds_on")},
        "about_goal": float(len(case.gold.get("mentions", ()))),
        **{k: float(k in case.gold) for k in ("actions_named", "items")},
    },
)
QUESTIONS = Grader((up("three_questions", "goals with exactly three questions"),), _three)
SPECIFIC = Grader(
    (
        up("specific", "goals rightly called specific or vague"),
        up("missing", "gaps of a goal rightly named or left unnamed", worst=None),
    ),
    _specific,
    lambda case: {"specific": float("specific" in case.gold)},
)
FACTS = Grader(
    (
        up("no_new_figures", "suggestions without an invented figure"),
        up("facts_kept", "facts of the goal that the suggestion keeps"),
        up("fits", "goals sized to 15 to 60 minutes"),
    ),
    _figures,
    lambda case: {"facts_kept": float(len(case.gold.get("keep", ())))},
)
WORDING = Grader(
    (
        up("mentions", "subjects that the answer must speak of", worst=None),
        up("sends_on", "worries that are sent to whoever can help", worst=None),
        up("nothing_unfit", "outputs without words that are unfit for the case"),
        up("language", "goals answered in their own language", worst=None),
    ),
    _speaks,
)
