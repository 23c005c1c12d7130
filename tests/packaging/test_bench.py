"""`make bench` still finds what it measures, and its bare server says the same. The measuring itself needs wrk."""

from pathlib import Path

from bench import content
from bench.comparison import Comparison
from bench.load import Load
from bench.rows import READ_ONLY_POSTS, ROWS


def test_all_rows_are_answered_by_colophon_and_alike_by_the_bare_server(tmp_path: Path) -> None:
    url, posts = f"sqlite:///{tmp_path / 'blog.sqlite3'}", READ_ONLY_POSTS + 1
    content.fill(url, posts)
    comments = content.count_comments(url)
    results = Comparison(url, tmp_path, posts, Load(seconds=1, connections=1)).measure(ROWS, rounds=0)
    assert [result.row for result in results] == ROWS
    posting = [row for row in ROWS if row.adds_comments]
    assert content.count_comments(url) == comments + len(posting)
