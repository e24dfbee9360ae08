"""The engine that asks a language model. LangChain is imported with the first call, never before."""

from copilot.engines.llm.config import LlmConfig
from copilot.engines.llm.engine import LlmEngine
from copilot.engines.llm.transport import Answer, Ask, ChatTransport, Deadline

__all__ = ["Answer", "Ask", "ChatTransport", "Deadline", "LlmConfig", "LlmEngine"]
