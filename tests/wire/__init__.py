"""Tests over real HTTP: against a stub that misbehaves in every known way, and a real model server."""
