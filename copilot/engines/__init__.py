"""Engines: whatever thinks, behind `copilot.ports.Engine`."""
