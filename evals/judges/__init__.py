"""A model as judge, where no rule can grade: a word from a list, and a card of how far to trust it."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from pydantic import BaseModel, ConfigDict, ValidationError

from copilot.engines.llm import Ask, ChatTransport, Deadline
from copilot.errors import BadInput, EngineFailed
from copilot.prompting import Message
from copilot.text import content_hash

FOLDER = Path(__file__).parent
ENOUGH = 0.6
"""Cohen's kappa from which on a judge may gate ("substantial agreement")."""
SECONDS = 60.0


class Agreement(BaseModel):
    """How far one model agreed with the labels."""

    model_config = ConfigDict(extra="forbid")

    model: str
    kappa: float
    items: int
    on: date


class Card(BaseModel):
    """One judge: what it is asked, what it may answer, how well it agrees with people."""

    model_config = ConfigDict(extra="forbid")

    name: str
    suite: str
    question: str
    answers: list[str]
    good: list[str]
    system: str
    labels: str
    agreement: Agreement | None = None

    def may_gate(self, model: str) -> bool:
        """Only the very model whose agreement was measured, and only when it is enough."""
        found = self.agreement
        return found is not None and found.model == model and found.kappa >= ENOUGH

    @property
    def standing(self) -> str:
        if self.agreement is None:
            return "no agreement measured: printed, never gates"
        found = self.agreement
        return f"kappa {found.kappa:.2f} with {found.items} labels ({found.model}, {found.on})"


class Label(BaseModel):
    model_config = ConfigDict(extra="forbid")

    id: str
    case: str
    label: str


def read_card(name: str) -> Card:
    """Raises BadInput for an unknown or broken card."""
    import yaml

    file = FOLDER / f"{name}.yaml"
    if not file.is_file():
        known = ", ".join(sorted(p.stem for p in FOLDER.glob("*.yaml")))
        raise BadInput(f"There is no judge {name!r}.", f"Judges: {known}.")
    try:
        return Card.model_validate(yaml.safe_load(file.read_text(encoding="utf-8")))
    except (ValidationError, yaml.YAMLError) as error:
        raise BadInput(f"{file.name} is broken: {str(error).splitlines()[0]}.") from None


def cards() -> list[Card]:
    return [read_card(file.stem) for file in sorted(FOLDER.glob("*.yaml"))]


def read_labels(card: Card) -> list[Label]:
    lines = (FOLDER / card.labels).read_text(encoding="utf-8").splitlines()
    return [Label.model_validate_json(line) for line in lines if line.strip()]


def ask(card: Card, case: str, transport: ChatTransport) -> str:
    """The judge's word on one case. Raises EngineFailed for anything outside its list."""
    schema = {
        "type": "object",
        "properties": {"because": {"type": "string"}, "answer": {"type": "string", "enum": card.answers}},
        "required": ["because", "answer"],
        "additionalProperties": False,
    }
    shape = f"Answer with one JSON object that follows this JSON Schema:\n{json.dumps(schema)}"
    fenced = case.replace("<<<", "‹‹‹").replace(">>>", "›››")
    messages = (
        Message("system", f"{card.system}\n{shape}"),
        Message("user", f"{card.question}\n<<<CASE\n{fenced}\nCASE>>>"),
    )
    prompt = f"judge-{card.name}@{content_hash(card.system).removeprefix('sha256:')[:12]}"
    question = Ask(messages=messages, schema=schema, name=f"judge_{card.name}", prompt=prompt)
    said = transport.complete(question, Deadline(SECONDS)).text
    try:
        answer = json.loads(said)["answer"]
    except (ValueError, KeyError, TypeError):
        raise EngineFailed("The judge did not answer as asked.", "malformed") from None
    if answer not in card.answers:
        raise EngineFailed(f"The judge answered {str(answer)[:40]!r}.", "invalid")
    return str(answer)


def agreement(card: Card, transport: ChatTransport, on: date) -> Agreement:
    """Ask about every labelled case; an answer that fails counts as one that disagrees."""
    labels = read_labels(card)
    said: list[str] = []
    for row in labels:
        try:
            said.append(ask(card, row.case, transport))
        except EngineFailed:
            said.append("(no answer)")
    value = kappa([row.label for row in labels], said)
    return Agreement(model=transport.model, kappa=round(value, 3), items=len(labels), on=on)


def kappa(one: Sequence[str], other: Sequence[str]) -> float:
    """Cohen's kappa: agreement beyond chance, 1 = always, 0 = no more than chance."""
    if not one or len(one) != len(other):
        raise ValueError("two labellings of the same items are needed")
    same = sum(a == b for a, b in zip(one, other, strict=True)) / len(one)
    left, right = Counter(one), Counter(other)
    chance = sum(left[word] * right[word] for word in left) / len(one) ** 2
    return 1.0 if chance == 1 else (same - chance) / (1 - chance)
