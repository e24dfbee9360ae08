"""Prompt files, one YAML each; read by `copilot.prompting`."""
