"""What the operator decides about the language model."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from copilot.errors import BadInput

if TYPE_CHECKING:
    from copilot.settings import Settings

OPENAI = "https://api.openai.com/v1"


@dataclass(frozen=True, slots=True, kw_only=True)
class LlmConfig:
    """One model behind one OpenAI-compatible endpoint."""

    model: str
    base_url: str = OPENAI
    """Always passed on, never left to the client library: its default may be rerouted by the environment."""
    api_key: SecretStr | None = field(default=None, repr=False)
    """None for endpoints that want none."""
    timeout: float = 60.0
    """Seconds for one call by the wall clock, connecting and reading included."""
    deadline: float = 240.0
    """Seconds for one draft, all its calls, retries and waits together."""
    retries: int = 2
    """Further tries of one call after a refusal that may pass (429, 5xx, connection lost)."""
    window_words: int = 2_500
    """Words of transcript in one call."""
    parallel: int = 3
    """Calls of one draft at the same time."""
    answer_bytes: int = 2_000_000
    """An answer above this is refused while it arrives."""
    price_prompt: float | None = None
    """US dollars for a million prompt tokens; None = cost is not reckoned."""
    price_completion: float | None = None
    methods_file: Path | None = None
    """Where it is kept which way of asking for JSON the endpoint understands; None = in memory only."""
    tracing: bool = False
    """True lets LangSmith record prompts and answers, if the environment asks for it."""

    @classmethod
    def from_settings(cls, settings: Settings) -> LlmConfig:
        """Raises BadInput when no model is configured."""
        if not settings.model:
            raise BadInput("No model is configured.", "Set COPILOT_MODEL, or use --engine local.")
        return cls(
            model=settings.model,
            base_url=settings.openai_base_url or OPENAI,
            api_key=settings.openai_api_key,
            timeout=settings.model_timeout,
            deadline=settings.model_deadline,
            retries=settings.model_retries,
            window_words=settings.model_window_words,
            price_prompt=settings.price_prompt,
            price_completion=settings.price_completion,
            methods_file=settings.data / "llm-methods.json",
        )

    def cost(self, prompt_tokens: int, completion_tokens: int) -> float | None:
        """US dollars, None where a price is not configured."""
        if self.price_prompt is None or self.price_completion is None:
            return None
        return (prompt_tokens * self.price_prompt + completion_tokens * self.price_completion) / 1e6
