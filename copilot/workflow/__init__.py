"""Use cases: load, think, save. No database transaction is open while an engine thinks."""
