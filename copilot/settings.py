"""Deployment: what an operator sets, from the environment or a `.env` file. Read nowhere else."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, AwareDatetime, Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Every setting has a working default: with none set, nothing leaves this machine."""

    model_config = SettingsConfigDict(
        env_prefix="COPILOT_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        populate_by_name=True,
    )

    data: Path = Path(".copilot")
    """Where the SQLite database and the embedded index live."""
    programme: str = "default"
    engine: Literal["local", "llm"] | None = None
    """None = "llm" where a model is configured, else "local"."""
    database_url: str | None = None
    chroma_url: str | None = None
    now: AwareDatetime | None = None
    """Pretend that it is this moment (sample programmes, tests)."""

    api_token: SecretStr | None = None
    """Bearer token of the HTTP API; None = a new one is made and printed at each start."""

    model: str | None = None
    openai_api_key: SecretStr | None = Field(
        None, validation_alias=AliasChoices("OPENAI_API_KEY", "openai_api_key")
    )
    openai_base_url: str | None = Field(
        None, validation_alias=AliasChoices("OPENAI_BASE_URL", "openai_base_url")
    )
    model_timeout: float = 60.0
    """Seconds for one model call, connecting and reading included."""
    model_deadline: float = 240.0
    """Seconds for one whole draft; what is not done by then falls back."""
    model_retries: int = 2
    model_window_words: int = 2_500
    """Words of transcript in one model call."""
    price_prompt: float | None = None
    """US dollars for a million prompt tokens; None = cost is not reckoned."""
    price_completion: float | None = None

    @property
    def chosen_engine(self) -> Literal["local", "llm"]:
        return self.engine or ("llm" if self.model else "local")

    @property
    def database(self) -> str:
        """SQLAlchemy URL; a bare postgresql:// URL means psycopg 3."""
        url = self.database_url or f"sqlite:///{self.data / 'copilot.db'}"
        return url.replace("postgresql://", "postgresql+psycopg://", 1)

    @property
    def index_folder(self) -> Path:
        return self.data / "index"

    @property
    def public_database(self) -> str:
        """The database URL without a password, for people to read."""
        head, at, tail = self.database.rpartition("@")
        scheme, _, user = head.partition("://")
        return f"{scheme}://{user.split(':')[0]}@{tail}" if at else self.database

    @property
    def endpoint(self) -> str | None:
        """Where model calls go, None where no model is configured."""
        if not self.model:
            return None
        return self.openai_base_url or "https://api.openai.com/v1"


def debugging() -> bool:
    """True where faults should show where they come from; works when settings themselves are broken."""
    return os.environ.get("COPILOT_DEBUG", "") not in ("", "0")
