"""Several questions of one draft at the same time: all answers, or none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from typing import TypeVar

from copilot.engines.llm.transport import Deadline

T = TypeVar("T")


def together(jobs: Sequence[Callable[[], T]], parallel: int, deadline: Deadline) -> list[T]:
    """All results in order. The first failure is raised, and cuts the deadline that the jobs share."""
    if len(jobs) <= 1:
        return [job() for job in jobs]
    with ThreadPoolExecutor(max_workers=min(parallel, len(jobs)), thread_name_prefix="llm") as pool:
        futures = [pool.submit(job) for job in jobs]
        done, _ = wait(futures, return_when=FIRST_EXCEPTION)
        for future in futures:
            if future in done and not future.cancelled() and (error := future.exception()) is not None:
                deadline.cut()
                pool.shutdown(wait=True, cancel_futures=True)
                raise error
        return [future.result() for future in futures]
