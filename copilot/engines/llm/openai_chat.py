"""The real transport: LangChain's ChatOpenAI against any OpenAI-compatible endpoint."""

from __future__ import annotations

import json
import random
import time
from collections.abc import Mapping
from contextlib import AbstractContextManager, nullcontext
from threading import Lock
from typing import Any

import httpx2
import openai
from langchain_core.messages import AIMessage, BaseMessage, HumanMessage, SystemMessage
from langchain_openai import ChatOpenAI
from langsmith import tracing_context
from pydantic import SecretStr

from copilot.domain import Usage
from copilot.engines.llm.bounded import bounded_client, trusted
from copilot.engines.llm.config import LlmConfig
from copilot.engines.llm.failures import MayPass, MethodRefused, translate
from copilot.engines.llm.loop import LoopThread
from copilot.engines.llm.methods import MethodMemory, call_options
from copilot.engines.llm.transport import Answer, Ask, Deadline, Meter
from copilot.errors import EngineFailed

_ROLES: Mapping[str, type[BaseMessage]] = {
    "system": SystemMessage,
    "user": HumanMessage,
    "assistant": AIMessage,
}
_FIRST_WAIT = 0.5
"""Seconds before the first retry where the server names none; doubled each time, at most 8."""


class OpenAIChat:
    """One model behind one endpoint. Retries, the ladder of methods and all limits live here."""

    def __init__(self, config: LlmConfig) -> None:
        self._config = config
        self._methods = MethodMemory(config.methods_file)
        self._loop = LoopThread()
        self._lock = Lock()
        self._chat: ChatOpenAI | None = None

    @property
    def model(self) -> str:
        return self._config.model

    def complete(self, ask: Ask, deadline: Deadline) -> Answer:
        """Down the ladder until the endpoint takes the call. Raises EngineFailed."""
        self._client()  # built before any clock runs
        meter, started = Meter(), time.monotonic()
        try:
            for method in self._methods.order(self._config.base_url, self.model):
                try:
                    answer = self._patiently(ask, method, deadline, meter)
                except MethodRefused:
                    continue
                self._methods.remember(self._config.base_url, self.model, method)
                return Answer(
                    text=answer.text,
                    usage=meter.total(time.monotonic() - started),
                    truncated=answer.truncated,
                )
            raise EngineFailed("The endpoint refuses every form of this call.", "rejected")
        except EngineFailed as failure:
            failure.usage = meter.total(time.monotonic() - started)
            raise

    def _patiently(self, ask: Ask, method: str, deadline: Deadline, meter: Meter) -> Answer:
        """One method, with retries as far as the deadline allows."""
        for attempt in range(self._config.retries + 1):
            try:
                return self._once(ask, method, deadline, meter)
            except MayPass as trouble:
                wait = trouble.wait
                if wait is None:
                    wait = min(_FIRST_WAIT * 2**attempt, 8.0) * random.uniform(0.75, 1.0)  # noqa: S311
                if attempt == self._config.retries:
                    raise trouble.failure from None
                if wait >= deadline.left:
                    raise _too_long_a_wait(trouble.failure, wait) from None
                deadline.wait(wait)
        raise AssertionError("the loop returns or raises")

    def _once(self, ask: Ask, method: str, deadline: Deadline, meter: Meter) -> Answer:
        """One HTTP call, by the wall clock no longer than the timeout and the deadline."""
        seconds = min(self._config.timeout, deadline.left)
        if seconds <= 0:
            raise EngineFailed("The time for this draft ran out.", "deadline")
        try:
            message = self._loop.run(self._invoke(ask, method), seconds, deadline)
        except openai.LengthFinishReasonError as error:
            usage = error.completion.usage
            counted = self._usage(usage.prompt_tokens, usage.completion_tokens) if usage else Usage(calls=1)
            meter.add(counted)
            text = error.completion.choices[0].message.content or ""
            return Answer(text=text, usage=counted, truncated=True)
        except Exception as error:
            refused = isinstance(error, openai.APIStatusError)  # and so not charged
            meter.add(Usage(calls=1, cost=self._config.cost(0, 0) if refused else None))
            if isinstance(error, TimeoutError) and seconds < self._config.timeout:
                raise EngineFailed("The time for this draft ran out.", "deadline") from None
            raise translate(error) from None
        counted = self._counted(message)
        meter.add(counted)
        if message.additional_kwargs.get("refusal"):
            raise EngineFailed("The model declined to answer.", "refused")
        cut = message.response_metadata.get("finish_reason") == "length"
        return Answer(text=_words_of(message), usage=counted, truncated=cut)

    async def _invoke(self, ask: Ask, method: str) -> AIMessage:
        messages = [_ROLES[m.role](content=m.content) for m in ask.messages]
        options = call_options(method, ask.name, ask.schema)
        with self._tracing():
            return await self._client().ainvoke(messages, **options)

    def _tracing(self) -> AbstractContextManager[Any]:
        return nullcontext() if self._config.tracing else tracing_context(enabled=False)

    def _client(self) -> ChatOpenAI:
        with self._lock:
            if self._chat is None:
                self._chat = _chat(self._config)
            return self._chat

    def _counted(self, message: AIMessage) -> Usage:
        said = message.usage_metadata
        return self._usage(said["input_tokens"], said["output_tokens"]) if said else Usage(calls=1)

    def _usage(self, prompt: int, completion: int) -> Usage:
        cost = self._config.cost(prompt, completion)
        return Usage(calls=1, prompt_tokens=prompt, completion_tokens=completion, cost=cost)


def _chat(config: LlmConfig) -> ChatOpenAI:
    return ChatOpenAI(
        model=config.model,
        base_url=config.base_url,
        api_key=config.api_key or SecretStr("none"),
        timeout=httpx2.Timeout(config.timeout),
        max_retries=0,
        http_client=httpx2.Client(verify=trusted()),  # never used; else LangChain makes its own, slowly
        http_async_client=bounded_client(config.timeout, config.answer_bytes),
        use_responses_api=False,
        stream_usage=True,
        cache=False,
    )


def _words_of(message: AIMessage) -> str:
    """The arguments of the first tool call where there is one, else the content."""
    if message.tool_calls:
        return json.dumps(message.tool_calls[0]["args"])
    if message.invalid_tool_calls:
        return str(message.invalid_tool_calls[0]["args"] or "")
    return str(message.text)


def _too_long_a_wait(failure: EngineFailed, wait: float) -> EngineFailed:
    asked = f"{wait:.0f} s" if wait < 120 else f"{wait / 60:.0f} minutes"
    return EngineFailed(
        f"{failure.message} It asks to wait {asked}, longer than a draft may take.", failure.reason
    )
