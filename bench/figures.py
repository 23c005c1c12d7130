"""The figures to reach, what came out, and tables of everything else."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bench.measure import Group


@dataclass(frozen=True)
class Goal:
    """A bound that a figure must not cross, in its unit."""

    bound: float
    unit: str = ""
    is_upper: bool = False

    def __str__(self) -> str:
        return f"{'≤' if self.is_upper else '≥'} {self.bound:g}{self.unit}"

    def is_reached_by(self, value: float) -> bool:
        """Whether the value is on the right side, or on the bound."""
        return value <= self.bound if self.is_upper else value >= self.bound


def at_least(bound: float, unit: str = "") -> Goal:
    """The goal to have this much or more."""
    return Goal(bound, unit)


def at_most(bound: float, unit: str = "") -> Goal:
    """The goal to have this much or less."""
    return Goal(bound, unit, is_upper=True)


@dataclass(frozen=True)
class Figure:
    """What was measured, on which database, against which goal."""

    what: str
    database: str
    value: float
    goal: Goal

    @property
    def is_reached(self) -> bool:
        """Whether the goal is."""
        return self.goal.is_reached_by(self.value)


@dataclass(frozen=True)
class Table:
    """Rows of text below a title; the first column is on the left, numbers stand on the right."""

    title: str
    head: Sequence[str]
    lines: Sequence[Sequence[str]]
    note: str = ""


@dataclass
class Findings:
    """All that one part, or the whole run, brought to light. `missing` says what could not be measured, and why."""

    figures: list[Figure] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    groups: list["Group"] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def add(self, other: "Findings") -> None:
        """Take in what another part found."""
        self.figures += other.figures
        self.tables += other.tables
        self.groups += other.groups
        self.missing += [reason for reason in other.missing if reason not in self.missing]
