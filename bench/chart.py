"""A picture of the table: one bar for each row and server, as long as it answers requests per second.

Written by hand, because it is bars and words: an SVG file whose colours follow the reader's choice of light or dark.
"""

from collections.abc import Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape

from bench.measure import BARE, Group

WIDTH, LABELS, NUMBERS = 860, 250, 150
BAR, GAP, GROUP_GAP, HEADER = 12, 3, 12, 62
STYLE = """
text { font: 13px system-ui, sans-serif; fill: #1f2328; }
.title { font-weight: 600; font-size: 15px; }
.number { font-size: 11px; fill: #57606a; }
.back { fill: #ffffff; }
.s0 { fill: #0b6e75; } .s1 { fill: #b3541e; } .s2 { fill: #6e7781; }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3; } .number { fill: #a5b0bb; } .back { fill: #0d1117; }
  .s0 { fill: #4fc3cb; } .s1 { fill: #f0a070; } .s2 { fill: #9aa4ae; }
}
"""


class Bar(NamedTuple):
    """What a bar stands for: its label is written once for all bars below each other that share it."""

    label: str
    series: int
    per_second: float
    ratio: float | None


def bars_of(groups: Sequence[Group], posts: int) -> list[Bar]:
    """The bars for the blogs of one size: first the servers that answer a post's bytes, then the rows of Colophon."""
    kinds = list(dict.fromkeys(group.stage.kind for group in groups))
    shown = [group for group in groups if group.stage.posts == posts]
    fixed: dict[str, Bar] = {}
    for group in shown:
        # The bare server is there a second time for the bytes of pages that are not cached.
        for side in group.sides if (group.row.name, group.stage.kind) == ("post", kinds[0]) else []:
            if side.name in OTHERS:
                fixed.setdefault(side.name, Bar(side.name, 2, side.per_second, None))
    names = list(dict.fromkeys(group.row.name for group in shown))
    rows = [
        Bar(name, kinds.index(group.stage.kind), measured.per_second, measured.ratio)
        for name in names
        for group in shown
        if group.row.name == name and (measured := group.find("1 worker"))
    ]
    return sorted(fixed.values(), key=lambda bar: -bar.per_second) + rows


OTHERS = (BARE, "Starlette route", "nginx with the file")


def draw(bars: Sequence[Bar], title: str, kinds: Sequence[str]) -> str:
    """The SVG document."""
    longest = max((bar.per_second for bar in bars), default=1.0)
    parts, top, before = [], HEADER, ""
    for bar in bars:
        is_new = bar.label != before
        top += GROUP_GAP if is_new and before else 0
        parts.append(_bar(bar, top, longest, with_label=is_new))
        top, before = top + BAR + GAP, bar.label
    height = top + GROUP_GAP
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" aria-labelledby="title">'
    back = f'<rect class="back" width="{WIDTH}" height="{height}"/>'
    heading = f'<text class="title" x="12" y="24">{escape(title)}</text>'
    words = [head, f'<title id="title">{escape(title)}</title>', f"<style>{STYLE}</style>", back, heading]
    return "\n".join([*words, *_legend(kinds), *parts, "</svg>", ""])


def _legend(kinds: Sequence[str]) -> list[str]:
    return [
        f'<rect class="s{number}" x="{LABELS + 130 * number}" y="36" width="12" height="12" rx="2"/>'
        f'<text class="number" x="{LABELS + 18 + 130 * number}" y="46">{escape(kind)}</text>'
        for number, kind in enumerate(kinds)
    ]


def _bar(bar: Bar, top: int, longest: float, *, with_label: bool) -> str:
    length = max((WIDTH - LABELS - NUMBERS) * bar.per_second / longest, 1)
    label = (
        f'<text x="{LABELS - 10}" y="{top + BAR}" text-anchor="end">{escape(bar.label)}</text>' if with_label else ""
    )
    share = "" if bar.ratio is None else f" · {bar.ratio:.2g} of bare"
    number = (
        f'<text class="number" x="{LABELS + length + 6:.0f}" y="{top + BAR - 2}">{bar.per_second:,.0f}/s{share}</text>'
    )
    rectangle = f'<rect class="s{bar.series}" x="{LABELS}" y="{top}" width="{length:.1f}" height="{BAR}" rx="2"/>'
    return label + rectangle + number
