"""Keeps vectors in SQL in step with profiles, and the index in step with SQL."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    pass

KIND = "passage"
BATCH = 64
