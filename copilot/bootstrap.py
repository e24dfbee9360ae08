"""The one place that chooses and builds the real parts. Everything is built on first use."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from copilot.errors import BadInput
from copilot.text import content_hash

if TYPE_CHECKING:
    from copilot.index.guarded import GuardedIndex
    from copilot.ports import Clock, Embedder, Engine
    from copilot.settings import Settings
    from copilot.store import Store


def read_settings(**chosen: Any) -> Settings:
    """Settings from the environment and `.env`; what the caller chose wins.

    Raises BadInput with one line that names the setting.
    """
    from pydantic import ValidationError

    from copilot.settings import Settings

    try:
        return Settings(**chosen)
    except UnicodeDecodeError:
        raise BadInput("The file .env here is not UTF-8 text.", "Save it as UTF-8 or remove it.") from None
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"]).upper()
        name = name if name.startswith("OPENAI") else f"COPILOT_{name.removeprefix('COPILOT_')}"
        raise BadInput(f"The setting {name} is not usable: {first['msg']}.") from None


class Copilot:
    """Implements `copilot.workflow.parts.Parts` with the real parts."""

    def __init__(self, settings: Settings, clock: Clock | None = None) -> None:
        self.settings = settings
        self._clock = clock

    def stand_at(self, clock: Clock) -> None:
        """Use this clock from now on (a sample programme plays in the past)."""
        self._clock = clock

    @property
    def programme(self) -> str:
        return self.settings.programme

    @property
    def clock(self) -> Clock:
        if self._clock is None:
            self._clock = self._real_clock()
        return self._clock

    def _real_clock(self) -> Clock:
        if self.settings.now is not None:
            from copilot.testing import FixedClock

            return FixedClock(self.settings.now)
        from copilot.clock import SystemClock

        return SystemClock()

    @cached_property
    def store(self) -> Store:
        from copilot.store import open_store

        return open_store(self.settings.database)

    @cached_property
    def embedder(self) -> Embedder:
        from copilot.index.embedder import LocalEmbedder

        return LocalEmbedder()

    @cached_property
    def index(self) -> GuardedIndex:
        from copilot.index.chroma import ChromaIndex
        from copilot.index.guarded import GuardedIndex
        from copilot.workflow.passage_rows import PassageRows

        reference = PassageRows(self.store, self.programme, self.embedder.name)
        # One collection a programme and embedder: vectors of different models never meet.
        name = "passages-" + content_hash(self.programme, self.embedder.name).removeprefix("sha256:")[:16]
        url = self.settings.chroma_url
        cache = ChromaIndex(url=url, name=name) if url else ChromaIndex(self.settings.index_folder / name)
        return GuardedIndex(cache, reference)

    @cached_property
    def local(self) -> Engine:
        from copilot.engines.local.engine import LocalEngine

        return LocalEngine(self.embedder)

    @cached_property
    def engine(self) -> Engine:
        if self.settings.chosen_engine == "local":
            return self.local
        if not self.settings.model:
            raise BadInput(
                "No model is configured for --engine llm.",
                "Set COPILOT_MODEL and OPENAI_API_KEY (and OPENAI_BASE_URL for another endpoint), "
                "or use --engine local.",
            )
        from copilot.engines.fallback import FallbackEngine
        from copilot.engines.llm import LlmConfig, LlmEngine

        return FallbackEngine(LlmEngine(LlmConfig.from_settings(self.settings)), self.local)
