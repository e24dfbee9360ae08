"""Prompts as files: loaded from the package `prompts`, rendered strictly, hashed, people's text fenced."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from copilot.errors import CopilotError

if TYPE_CHECKING:
    from jinja2.sandbox import SandboxedEnvironment

_KEYS = frozenset({"name", "purpose", "inputs", "system", "user"})
_KINDS = frozenset({"data", "value"})
HINT = "Compare the file with another one in prompts/ and with CONTRIBUTING.md."


class PromptBroken(CopilotError):
    """A prompt file cannot be used, or was given other inputs than it declares."""


@dataclass(frozen=True, slots=True)
class Message:
    """One message of a chat. `role` is "system", "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file. `inputs` maps each input to its kind.

    "data" is text of people: it only ever appears inside a fence that it cannot close.
    "value" is made by code (a number, a word from a fixed list) and appears as it is.
    """

    name: str
    purpose: str
    inputs: Mapping[str, str]
    system: str
    user: str
    hash: str
    """12 hex digits over the whole file."""

    @property
    def reference(self) -> str:
        """What provenance keeps: "name@hash"."""
        return f"{self.name}@{self.hash}"

    def render(self, values: Mapping[str, str | int]) -> tuple[Message, Message]:
        """The system and the user message. Raises PromptBroken unless exactly `inputs` are given."""
        if set(values) != set(self.inputs):
            missing = sorted(set(self.inputs) - set(values))
            unknown = sorted(set(values) - set(self.inputs))
            raise PromptBroken(f"Prompt {self.name}: missing inputs {missing}, unknown inputs {unknown}.")
        data = {name: str(values[name]) for name, kind in self.inputs.items() if kind == "data"}
        mark = fence_mark(data)
        shown = {name: fenced(name, data[name], mark) if name in data else values[name] for name in values}
        environment = _environment()
        system = environment.from_string(self.system).render(shown)
        user = environment.from_string(self.user).render(shown)
        return Message("system", system.strip()), Message("user", user.strip())


def fence_mark(data: Mapping[str, str]) -> str:
    """16 hex digits that occur in none of the texts: the same texts get the same mark."""
    digest = sha256()
    for name in sorted(data):
        part = f"{name}\n{data[name]}".encode("utf-8", "surrogatepass")
        digest.update(len(part).to_bytes(8, "big") + part)
    mark = digest.hexdigest()[:16]
    while any(mark in text.lower() for text in data.values()):
        mark = sha256(mark.encode()).hexdigest()[:16]
    return mark


def fenced(name: str, text: str, mark: str) -> str:
    """The text between two lines that carry the mark, which the text does not contain."""
    return f"<<<DATA {name} {mark}>>>\n{text}\n<<<END {name} {mark}>>>"


@cache
def load_prompt(name: str) -> Prompt:
    """prompts/NAME.yaml. Raises PromptBroken when it is missing or not well formed."""
    source = files("prompts").joinpath(f"{name}.yaml")
    try:
        content = source.read_bytes()
    except OSError as error:
        raise PromptBroken(f"There is no prompt file {name}.yaml.", HINT) from error
    prompt = parse_prompt(content)
    if prompt.name != name:
        raise PromptBroken(f"Prompt file {name}.yaml calls itself {prompt.name!r}.", HINT)
    return prompt


def parse_prompt(content: bytes) -> Prompt:
    """A prompt from the bytes of its file. Raises PromptBroken."""
    import yaml

    try:
        raw = yaml.safe_load(content)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise PromptBroken("A prompt file is not valid YAML.", HINT) from error
    if not isinstance(raw, dict) or set(raw) != _KEYS:
        raise PromptBroken(f"A prompt file must have exactly the keys {sorted(_KEYS)}.", HINT)
    inputs = raw["inputs"]
    if not isinstance(inputs, dict) or not set(map(str, inputs.values())) <= _KINDS:
        raise PromptBroken(f"Prompt {raw['name']}: inputs must map each name to data or value.", HINT)
    for key in _KEYS - {"inputs"}:
        if not isinstance(raw[key], str) or not raw[key].strip():
            raise PromptBroken(f"Prompt {raw['name']}: {key} must be text.", HINT)
    _check_templates(raw)
    return Prompt(
        name=raw["name"],
        purpose=raw["purpose"].strip(),
        inputs=inputs,
        system=raw["system"],
        user=raw["user"],
        hash=sha256(content).hexdigest()[:12],
    )


def _check_templates(raw: Mapping[str, Any]) -> None:
    """Every declared input is used, no other is, and people's text stays out of the system message."""
    from jinja2 import TemplateSyntaxError, meta

    environment = _environment()
    used: dict[str, set[str]] = {}
    for key in ("system", "user"):
        try:
            used[key] = meta.find_undeclared_variables(environment.parse(raw[key]))
        except TemplateSyntaxError as error:
            raise PromptBroken(f"Prompt {raw['name']}: {key} is not a valid template.", HINT) from error
    if used["system"] | used["user"] != set(raw["inputs"]):
        odd = sorted((used["system"] | used["user"]) ^ set(raw["inputs"]))
        raise PromptBroken(f"Prompt {raw['name']}: declared and used inputs differ: {odd}.", HINT)
    leaked = sorted(name for name in used["system"] if raw["inputs"][name] == "data")
    if leaked:
        raise PromptBroken(f"Prompt {raw['name']}: data may not stand in the system message: {leaked}.", HINT)


@cache
def _environment() -> SandboxedEnvironment:
    from jinja2 import StrictUndefined
    from jinja2.sandbox import SandboxedEnvironment

    return SandboxedEnvironment(
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # the output is a prompt, not a page
    )
