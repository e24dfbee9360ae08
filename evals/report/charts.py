"""Charts as SVG text: no script, no font, no file beside the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup, escape

WIDTH = 320
HEIGHT = 14


@dataclass(frozen=True, slots=True)
class Bar:
    """A number between 0 and 1 with its gate, its baseline and its spread, where there are any."""

    value: float
    gate: float | None = None
    baseline: float | None = None
    low: float | None = None
    high: float | None = None
    good: bool = True


def bar(data: Bar, label: str) -> Markup:
    """A horizontal bar; the gate is a dark line, the baseline a hollow mark, the spread a thin line."""

    def x(value: float) -> float:
        return round(max(0.0, min(1.0, value)) * WIDTH, 1)

    tone = "ok" if data.good else "no"
    parts = [
        f'<rect class="track" width="{WIDTH}" height="{HEIGHT}" rx="3"/>',
        f'<rect class="{tone}" width="{max(1.5, x(data.value))}" height="{HEIGHT}" rx="3"/>',
    ]
    if data.low is not None and data.high is not None and data.high > data.low:
        parts.append(f'<line class="spread" x1="{x(data.low)}" x2="{x(data.high)}" y1="7" y2="7"/>')
    if data.gate is not None:
        parts.append(
            f'<line class="gate" x1="{x(data.gate)}" x2="{x(data.gate)}" y1="-2" y2="{HEIGHT + 2}"/>'
        )
    if data.baseline is not None:
        parts.append(f'<circle class="base" cx="{x(data.baseline)}" cy="7" r="4"/>')
    return _svg("".join(parts), WIDTH, HEIGHT, label, pad=4)


def calibration(points: Sequence[tuple[float, float, int]], label: str) -> Markup:
    """Said probability (x) against found share (y); the size of a dot is the number of cases."""
    size = 220
    grid = "".join(
        f'<line class="grid" x1="{v * size}" x2="{v * size}" y1="0" y2="{size}"/>'
        f'<line class="grid" y1="{v * size}" y2="{v * size}" x1="0" x2="{size}"/>'
        f'<text x="{v * size}" y="{size + 16}" text-anchor="middle">{v:g}</text>'
        f'<text x="-8" y="{size - v * size + 4}" text-anchor="end">{v:g}</text>'
        for v in (0, 0.25, 0.5, 0.75, 1)
    )
    ideal = f'<line class="ideal" x1="0" y1="{size}" x2="{size}" y2="0"/>'
    dots = "".join(_dot(size, *point) for point in points)
    middle = size / 2
    axis = (
        f'<text x="{middle}" y="{size + 34}" text-anchor="middle">said probability</text>'
        f'<text transform="translate(-38 {middle}) rotate(-90)" text-anchor="middle">found share</text>'
    )
    return _svg(grid + ideal + dots + axis, size, size, label, pad=52)


def _dot(size: int, said: float, found: float, count: int) -> str:
    radius = 3 + min(14.0, count**0.5 * 2)
    title = f"<title>said {said:.2f}, found {found:.2f}, {count} pairs</title>"
    x, y = said * size, size - found * size
    return f'<circle class="dot" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">{title}</circle>'


def latency(rows: Sequence[tuple[str, float, float]], label: str) -> Markup:
    """Name, p50 and p95 in seconds: a bar to p50, a thin line to p95, one scale for all."""
    line, left, width = 24, 150, 420
    most = max((p95 for _, _, p95 in rows), default=1.0) or 1.0
    parts = []
    for n, (name, p50, p95) in enumerate(rows):
        y = n * line
        half, full = width * p50 / most, width * p95 / most
        parts.append(
            f'<text x="{left - 10}" y="{y + 15}" text-anchor="end">{escape(name)}</text>'
            f'<rect class="ok" x="{left}" y="{y + 4}" width="{max(1.5, half):.1f}" height="14" rx="3"/>'
            f'<line class="spread" x1="{left}" x2="{left + full:.1f}" y1="{y + 11}" y2="{y + 11}"/>'
            f'<text x="{left + full + 8:.1f}" y="{y + 15}">{p50:.2f} / {p95:.2f} s</text>'
        )
    return _svg("".join(parts), left + width + 120, max(1, len(rows)) * line, label, pad=4)


def _svg(inner: str, width: float, height: float, label: str, pad: int) -> Markup:
    box = f"{-pad} {-pad} {width + 2 * pad} {height + 2 * pad}"
    size = f'width="{width + 2 * pad}" height="{height + 2 * pad}"'
    return Markup(  # noqa: S704 - made of numbers and escaped names only
        f'<svg viewBox="{box}" {size} role="img" aria-label="{escape(label)}">{inner}</svg>'
    )
