"""`make bench`"""

import time
from pathlib import Path
from subprocess import SubprocessError

import click

from bench import chart, machine, report
from bench.answers import WrongAnswerError
from bench.content import READ_ONLY_POSTS
from bench.figures import Findings
from bench.load import find_wrk
from bench.parts import registry
from bench.plan import QUICK_SIZES, SIZES, Plan
from bench.stages import stages
from bench.store import CACHE, ROOT

DATABASES = ("sqlite", "postgresql")
PAGE, PICTURE = "benchmarks.md", "images/benchmarks.svg"


def _names(_context: click.Context, _option: click.Parameter, value: str) -> frozenset[str]:
    names = frozenset(filter(None, value.split(","))) or frozenset(registry.NAMES)
    if unknown := names - set(registry.NAMES):
        raise click.BadParameter(f"there is no {', '.join(sorted(unknown))}; there are {', '.join(registry.NAMES)}")
    return names


@click.command(context_settings={"show_default": True})
@click.option("--database", "databases", type=click.Choice(DATABASES), multiple=True, default=DATABASES)
@click.option("--only", "parts", default="", callback=_names, help="Parts to measure, with commas between them.")
@click.option("--posts", type=click.IntRange(READ_ONLY_POSTS + 1), multiple=True, help="Posts in the blogs.")
@click.option(
    "--rounds", type=click.IntRange(1), help="Each figure is the median of so many runs.  [default: 3, quick 1]"
)
@click.option("--seconds", type=click.IntRange(1), default=1, help="How long each run takes.")
@click.option("--connections", type=click.IntRange(1), default=32, help="Requests under way at once.")
@click.option("--quick", is_flag=True, help="A run of a few minutes, with smaller blogs and fewer rounds.")
@click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Where the report is written.")
def main(
    databases: tuple[str, ...],
    parts: frozenset[str],
    posts: tuple[int, ...],
    rounds: int | None,
    seconds: int,
    connections: int,
    quick: bool,
    output: Path | None,
) -> None:
    """Measure Colophon beside a bare server that answers the same bytes.

    The report is written into docs/ when everything is measured, else into .cache/bench/.
    """
    if reason := machine.problem(find_wrk()):
        raise click.ClickException(reason)
    sizes = tuple(sorted(set(posts))) or (QUICK_SIZES if quick else SIZES)
    plan = Plan(databases, sizes, parts, rounds or (1 if quick else 3), seconds, connections, quick)
    circumstances = _circumstances(plan, machine.use_two_cores())
    click.echo(f"{circumstances}\n")
    began = time.monotonic()
    try:
        findings = _measure(plan)
    except (WrongAnswerError, RuntimeError, OSError, SubprocessError) as error:
        raise click.ClickException(str(error)) from error
    took = f"The run took {(time.monotonic() - began) / 60:.0f} minutes."
    is_everything = parts == frozenset(registry.NAMES) and databases == DATABASES
    _write(findings, f"{circumstances} {took}", plan, output or (ROOT / "docs" if is_everything else CACHE))


def _circumstances(plan: Plan, cores: int) -> str:
    minutes = sum(part.takes(plan) for part in registry.chosen(plan)) * len(plan.databases) / 60
    sizes = ", ".join(f"{size:,}" for size in plan.sizes)
    server = f" · {machine.describe_postgresql()}" if "postgresql" in plan.databases else ""
    how = f"{plan.connections} connections, {plan.rounds} rounds of {plan.seconds} s; blogs of {sizes} posts."
    planned = f"About {minutes:.0f} minutes were planned, without making content."
    return f"{machine.describe(cores)}{server}\n\n{how} {planned}"


def _measure(plan: Plan) -> Findings:
    findings = Findings()
    for kind in plan.databases:
        with stages(kind, click.echo) as blogs:
            for part in registry.chosen(plan):
                click.echo(f"{time.strftime('%H:%M:%S')}  {kind}: {', '.join(sorted(part.names & plan.parts))}")
                findings.add(part.run(blogs, plan))
    return findings


def _write(findings: Findings, circumstances: str, plan: Plan, folder: Path) -> None:
    page, picture = folder / PAGE, folder / PICTURE
    picture.parent.mkdir(parents=True, exist_ok=True)
    bars = chart.bars_of(findings.groups, plan.sizes[0])
    if bars:
        title = f"Requests per second, one worker, {plan.sizes[0]:,} posts"
        picture.write_text(chart.draw(bars, title, plan.databases))
    text = report.document(findings, circumstances, PICTURE if bars else "")
    page.write_text(text)
    click.echo(f"\n{text}\nWritten to {page}")


if __name__ == "__main__":
    main()
