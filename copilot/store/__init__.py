"""SQL is the truth: people, sessions, transcripts, recaps and what follows from them."""

from copilot.store.store import Store, Unit, open_store

__all__ = ["Store", "Unit", "open_store"]
