"""A link goes round: two thousand ask for one post within a minute, and its author saves it every second."""

import re
import time
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from itertools import count

from bench.answers import WrongAnswerError
from bench.client import Client, together
from bench.figures import Figure, Findings, Table, at_most
from bench.plan import Plan
from bench.servers import ONE
from bench.stages import Stages

PER_SECOND = 2_000 / 60
READERS = 4
POST = 1
PATH = f"/posts/post-number-{POST}"
FIELD = re.compile(r'<input\b[^>]*\bname="(uid|base|editing_session|sequence)"[^>]*>')
VALUE = re.compile(r'\bvalue="([^"]*)"')
STAMP = re.compile(r"Saved as version ([0-9]+)\.")
SAVED_EVERY_SECONDS = 1.0


@dataclass
class Story:
    """What happened: when each version was acknowledged, and which one each answer had.

    `is_older` answers began after a later version had been acknowledged than the one they have.
    """

    acknowledged: list[float] = field(default_factory=list)
    times: list[float] = field(default_factory=list)
    older: int = 0

    def newest_at(self, moment: float) -> int:
        """The number of the newest version that had been acknowledged by then."""
        return sum(one <= moment for one in tuple(self.acknowledged))

    def note(self, began: float, version: int, milliseconds: float) -> None:
        """An answer came."""
        self.times.append(milliseconds)
        self.older += version < self.newest_at(began)


def takes(plan: Plan) -> float:
    """Seconds for one database."""
    return plan.crowd_seconds + 1


def run(stages: Stages, plan: Plan) -> Findings:
    """Evenly spread requests of a few readers, and one author."""
    stage = stages.at(plan.sizes[0])
    server, story = stage.server(ONE), Story()
    with Client(server.address, stage.cookie) as author, Client(server.address) as reader:
        save(author, story)
        reader.get(PATH)
        used, began = server.cpu_seconds, time.monotonic()
        end = began + plan.crowd_seconds
        writing = partial(_write, author, story, end)
        reading = [partial(_read, server.address, story, began, end, number) for number in range(READERS)]
        together([writing, *reading])
        share = (server.cpu_seconds - used) / (time.monotonic() - began)
    return _findings(stages.kind, story, share * 100, plan.crowd_seconds)


def version_in(page: str) -> int:
    """The version that a page shows; WrongAnswerError when it shows none."""
    found = STAMP.search(page)
    if found is None:
        raise WrongAnswerError("the post has none of the versions that were saved")
    return int(found[1])


def hidden_fields(editor: str) -> dict[str, str]:
    """What the editor's form says of itself without being typed."""
    found = {match[1]: VALUE.search(match[0]) for match in FIELD.finditer(editor)}
    return {name: unescape(value[1]) if value else "" for name, value in found.items()}


def save(author: Client, story: Story) -> None:
    """Save the next version as the editor's form does, and note when that was acknowledged."""
    form = hidden_fields(author.get(f"/write/{POST}")[0].text)
    version = len(story.acknowledged) + 1
    words = {"title": "A post that everybody reads", "body": f"Saved as version {version}.", "tags": "Letters"}
    author.post(f"/write/{POST}", form | words)
    story.acknowledged.append(time.monotonic())


def _write(author: Client, story: Story, end: float) -> None:
    due = time.monotonic()
    while (due := due + SAVED_EVERY_SECONDS) < end:
        time.sleep(max(due - time.monotonic(), 0))
        save(author, story)


def _read(address: str, story: Story, began: float, end: float, number: int) -> None:
    with Client(address) as client:
        for turn in count():
            due = began + (turn * READERS + number) / PER_SECOND
            if due >= end:
                return
            time.sleep(max(due - time.monotonic(), 0))
            asked = time.monotonic()
            answer, milliseconds = client.get(PATH)
            story.note(asked, version_in(answer.text), milliseconds)


def _findings(kind: str, story: Story, percent: float, seconds: int) -> Findings:
    requests, saves = len(story.times), len(story.acknowledged)
    what = f"{requests:,} requests for one post in {seconds} s, saved {saves} times"
    slowest = f"{max(story.times):.1f}"
    table = Table(
        f"{kind}: everybody reads one post while it is saved",
        ["requests", "saves", "answers older than the save before", "longest answer, ms", "CPU, % of a core"],
        [[f"{requests:,}", str(saves), str(story.older), slowest, f"{percent:.1f}"]],
    )
    return Findings(
        [
            Figure(f"{what}: answers older than the save before", kind, story.older, at_most(0)),
            Figure(f"{what}: CPU of the server", kind, percent, at_most(10, " % of a core")),
        ],
        [table],
    )
