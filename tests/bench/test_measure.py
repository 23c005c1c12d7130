"""The bench still finds what it measures, and the servers beside Colophon say the same. The measuring needs wrk."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from bench import servers
from bench.answers import Answer, WrongAnswerError, checked
from bench.client import Client
from bench.content import READ_ONLY_POSTS, commented_posts
from bench.content.fill import fill
from bench.load import Load, Run, find_wrk
from bench.measure import BARE, Side, check_run, has_address, make_groups, measure
from bench.parts import crowd, flat
from bench.process import Server
from bench.rows import COMMENT, POST, ROWS, SAVE, Row
from bench.servers import ONE, TWO
from bench.stages import Stage
from bench.watcher import watching

POSTS = READ_ONLY_POSTS + 60


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """A small blog on SQLite."""
    path = tmp_path / "blog.sqlite3"
    fill(path, POSTS)
    with ExitStack() as stack:
        yield Stage("sqlite", POSTS, f"sqlite:///{path}", tmp_path, stack)


@pytest.fixture
def recorded(tmp_path: Path) -> Iterator[Server]:
    """A bare server that answers one post, whatever it says."""
    answer = Answer(200, [("content-type", "text/plain"), ("content-length", "5")], b"words")
    with servers.recorded("bench.bare:app", [answer], tmp_path) as server:
        yield server


def test_all_rows_are_answered_by_colophon_and_alike_by_the_others(stage: Stage) -> None:
    before = {name: stage.last_key(name) for name in ("comment", "post_revision")}
    wanted = {row: [ONE, TWO] if row == COMMENT else [ONE] for row in ROWS}
    groups, missing = make_groups(stage, wanted)
    # What this version of Colophon cannot answer is said, and nothing else is left out.
    absent = [row.name for row in ROWS if not has_address(row.at(POSTS).path)]
    has_etag = bool(checked(stage.server(ONE).address, POST, "").header("etag"))
    absent += [] if has_etag else ["304 of a post"]
    assert sorted(reason.partition(":")[0] for reason in missing) == sorted(absent)
    assert [group.row.name for group in groups] == [row.name for row in ROWS if row.name not in absent]
    sides = {group.row.name: [side.name for side in group.sides] for group in groups}
    assert sides["home"] == [BARE, "1 worker"]
    assert sides["comment"] == [BARE, "1 worker", "2 workers"]
    assert sides["post"][:3] == [BARE, "1 worker", "Starlette route"]
    for side in next(group.sides for group in groups if group.row.name == "post"):
        answer = checked(side.server.address, side.row, "")
        assert answer.body == side.expected.body
        assert side.server.megabytes > 1
    # Each worker was asked once for a comment, the one worker for a save.
    assert stage.stored_since("comment", before["comment"]) == 2
    assert stage.stored_since("post_revision", before["post_revision"]) >= 1


def test_every_page_whose_flatness_is_measured_is_answered(stage: Stage) -> None:
    pages = [page for page in flat.pages() if has_address(page.path)]
    assert len(pages) >= 20
    for page in pages:
        with Client(stage.server(ONE).address, stage.cookie if page.signed_in else "") as client:
            assert client.get(page.path)[1] > 0


def test_a_crowd_reads_what_its_author_saved(stage: Stage) -> None:
    story, address = crowd.Story(), stage.server(ONE).address
    with Client(address, stage.cookie) as author, Client(address) as reader:
        for number in (1, 2, 3):
            crowd.save(author, story)
            assert crowd.version_in(reader.get(crowd.PATH)[0].text) == number
    assert len(story.acknowledged) == 3


@pytest.mark.skipif(find_wrk() is None, reason="wrk is not installed")
def test_a_run_counts_requests_and_what_they_stored(stage: Stage) -> None:
    before = stage.last_key("comment")
    groups, _ = make_groups(stage, {POST: [ONE], COMMENT: [ONE], SAVE: [ONE]})
    measure(groups, 1, Load(seconds=1, connections=2, posts=commented_posts(POSTS)))
    for group in groups:
        assert all(side.per_second > 0 and side.p99 >= side.p50 for side in group.sides)
    comments = next(side for group in groups for side in group.sides if (group.row, side.name) == (COMMENT, "1 worker"))
    assert stage.stored_since("comment", before) > comments.runs[0].requests > 0


def test_answers_are_looked_at_while_they_are_measured(recorded: Server) -> None:
    row = Row("a post", "cached", "/0", "words")
    with watching(recorded.address, row, "") as watcher:
        while watcher.looks < 2:
            pass
    with pytest.raises(WrongAnswerError, match="a post"), watching(recorded.address, replace(row, marker="lost"), ""):
        pass


RUN = Run(requests=10, per_second=10, p50=1, p99=2, bytes_each=5_000, refused=0, broken=0)


@pytest.mark.parametrize("change", [{"refused": 1}, {"broken": 1}, {"requests": 0}, {"bytes_each": 4_000}])
def test_a_run_with_wrong_answers_is_not_believed(change: dict[str, int], tmp_path: Path) -> None:
    answer = Answer(200, [], b"." * 5_000)
    side = Side("1 worker", Server("http://127.0.0.1:1", 1, tmp_path), POST, answer)
    check_run(side, RUN)
    with pytest.raises(WrongAnswerError, match="post"):
        check_run(side, replace(RUN, **change))
