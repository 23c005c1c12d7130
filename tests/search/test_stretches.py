"""The newest hits come first, however far apart they are, and no more is looked at than it takes."""

import re

import pytest

from tests.conftest import Counted
from tests.support.dialects import on_mariadb
from tests.support.factories import Make
from web.database import Database
from web.search.dialects.mariadb import tokens_of
from web.search.indexes import POSTS
from web.search.queries import find_hits, highest_key, own_posts
from web.search.wanted import Wanted
from web.search.words import BARRIER

KEYS = [3, 5_000, 40_000, 70_000, 300_000, 300_001, 2_000_000]
COMMON = Wanted(groups=(frozenset({"heron"}),))


@pytest.fixture
def far_apart(database: Database, make: Make) -> Database:
    """Posts whose keys are as in a blog of two million, all with one word, two of them with another one."""
    ada = make.user("ada", role="author")
    for key in KEYS:
        make.post(ada, id=key, title=f"Post {key}", body="A heron." + " A stork." * (key in (5_000, 300_001)))
    return database


def found(database: Database, wanted: Wanted, limit: int, highest: int | None = None) -> list[int]:
    with database.session(read_only=True) as session:
        highest = highest_key(session, POSTS) if highest is None else highest
        return find_hits(session, POSTS, own_posts(), wanted, highest, limit)


@pytest.mark.parametrize("limit", [1, 2, 3, len(KEYS), 100])
def test_newest_come_first(far_apart: Database, limit: int) -> None:
    assert found(far_apart, COMMON, limit) == KEYS[::-1][:limit]


@pytest.mark.parametrize("highest", [*KEYS, 2_047, 2_048, 65_535, 65_536, 299_999])
def test_nothing_above_a_key_is_found(far_apart: Database, highest: int) -> None:
    assert found(far_apart, COMMON, 100, highest) == [key for key in KEYS[::-1] if key <= highest]


def test_what_is_unwanted_is_left_out_everywhere(far_apart: Database) -> None:
    unwanted = Wanted(COMMON.groups, without=frozenset({"stork"}))
    assert found(far_apart, unwanted, 100) == [2_000_000, 300_000, 70_000, 40_000, 3]
    both = COMMON.and_one_of(["stork", "nothing"])
    assert found(far_apart, both, 100) == [300_001, 5_000]


@on_mariadb
@pytest.mark.parametrize(("limit", "statements"), [(1, 1), (2, 3)])
def test_mariadb_stops_as_soon_as_there_is_enough(
    far_apart: Database, counted: Counted, limit: int, statements: int
) -> None:
    with counted() as seen:
        found(far_apart, COMMON, limit)
    assert sum("AGAINST" in statement for statement in seen) == statements


@pytest.mark.parametrize("word", ["a", "the", "naïve", "印刷", "Ё", "x" * 40, "印" * 40, BARRIER, "·t1"])
def test_no_server_cuts_or_drops_a_token(word: str) -> None:
    tokens = tokens_of(5_000, word, "·w9·1").split()
    assert len(set(tokens)) == 3
    assert all(re.fullmatch(r"[a-z2-7]{16}", token) for token in tokens)
    near, far = tokens_of(4_500, word, "").split(), tokens_of(8_192, word, "").split()
    assert [token for token in tokens if token in near] == tokens
    assert sum(token in far for token in tokens) == 2
