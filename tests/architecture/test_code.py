"""What the code may say, and each check fails when it says something else."""

from collections.abc import Callable, Iterable

import pytest

import web.models  # noqa: F401 - so that all tables are known
from tests.architecture import code
from tests.architecture.sources import Source, our_code, sources_in
from web.database import Base

Check = Callable[[Iterable[Source]], list[str]]

# Where a database is named outside of web/database, and why.
NAMES_A_DIALECT = {
    "web.settings": "the default URL is an SQLite file, and postgres:// is understood",
}


def foreign_key_columns() -> set[str]:
    """Columns that point to rows. Lookup codes are plain values and may be assigned."""
    columns = [column for table in Base.metadata.tables.values() for column in table.columns]
    return {
        column.name
        for column in columns
        for key in column.foreign_keys
        if not key.column.table.name.endswith("_lookup")
    }


def model_names() -> set[str]:
    return {mapper.class_.__name__ for mapper in Base.registry.mappers}


def foreign_keys_set(sources: Iterable[Source]) -> list[str]:
    return code.foreign_keys_set(sources, foreign_key_columns(), model_names())


CHECKS: list[Check] = [
    code.selects_outside_queries,
    code.raw_sql,
    code.offsets,
    code.hidden_sql,
    code.engines_at_import,
    code.models_that_query,
    code.untold_states,
    foreign_keys_set,
]


@pytest.mark.parametrize("check", CHECKS)
def test_the_code_holds_the_rules(check: Check) -> None:
    assert check(our_code()) == []


def test_only_the_database_package_knows_dialects() -> None:
    sources = [source for source in our_code() if source.name not in NAMES_A_DIALECT]
    assert code.dialects_named(sources) == []


def test_exceptions_are_still_needed() -> None:
    by_name = {source.name: source for source in our_code()}
    assert all(code.dialects_named([by_name[name]]) for name in NAMES_A_DIALECT)


def test_tests_use_no_hidden_sql_either() -> None:
    sources = [source for source in sources_in("tests") if not source.is_below("tests.architecture")]
    assert code.hidden_sql(sources) == []


BROKEN: list[tuple[Check, str, str]] = [
    (code.selects_outside_queries, "web.posts.posts", "rows = session.scalars(select(Post))"),
    (code.selects_outside_queries, "web.posts.actions", "rows = sqlalchemy.select(Post.id)"),
    (code.raw_sql, "web.posts.queries", "session.execute(text('SELECT 1'))"),
    (code.raw_sql, "web.posts.queries", "session.connection().exec_driver_sql('SELECT 1')"),
    (code.raw_sql, "web.http.unit_of_work", "with database.engine.begin() as connection: pass"),
    (code.offsets, "web.posts.queries", "select(Post).offset(20)"),
    (code.hidden_sql, "web.models.post", "rel_user = relationship(backref='rel_posts')"),
    (code.hidden_sql, "web.models.post", "from sqlalchemy.orm import backref"),
    (code.hidden_sql, "web.models.post", "rel_tags = relationship(secondary='post_tag')"),
    (code.hidden_sql, "web.models.post", "tags = association_proxy('rel_tag_associations', 'rel_tag')"),
    (code.hidden_sql, "web.app", "Session = scoped_session(maker)"),
    (code.hidden_sql, "web.posts.queries", "posts = Post.query"),
    (code.hidden_sql, "web.posts.queries", "posts = session.query(Post)"),
    (code.hidden_sql, "web.models.post", "session = object_session(self)"),
    (code.engines_at_import, "web.app", "engine = create_engine('sqlite:///x')"),
    (code.engines_at_import, "web.app", "class App:\n    database = Database('sqlite:///x')"),
    (code.engines_at_import, "web.app", "if True:\n    make = sqlalchemy.orm.sessionmaker()"),
    (code.models_that_query, "web.models.post", "def comments(session: Session): pass"),
    (code.models_that_query, "web.models.post", "count = session.scalar(statement)"),
    (foreign_keys_set, "web.posts.actions", "comment.post_id = post.id"),
    (foreign_keys_set, "web.posts.actions", "comment.body, comment.user_id = '', 1"),
    (foreign_keys_set, "web.posts.actions", "comment.parent_comment_id: int = 3"),
    (foreign_keys_set, "web.posts.actions", "Comment(post_id=post.id)"),
    (foreign_keys_set, "web.posts.actions", "setattr(comment, 'post_id', 3)"),
    (foreign_keys_set, "web.posts.actions", "session.execute(update(Comment).values(user_id=None))"),
    (foreign_keys_set, "web.posts.actions", "session.execute(insert(Comment).values({'user_id': 3}))"),
    (code.untold_states, "web.drafts.drafts", "editing.post.publish(now)"),
    (code.dialects_named, "web.posts.queries", "if session.bind.dialect.name == 'sqlite': pass"),
    (code.dialects_named, "web.posts.queries", "from sqlalchemy.dialects.postgresql import insert"),
    (code.dialects_named, "web.posts.queries", "import psycopg"),
    (code.dialects_named, "web.models.post", "Index('ix', sqlite_where=True)"),
]


@pytest.mark.parametrize(("check", "name", "text"), BROKEN)
def test_what_breaks_a_rule_is_found(check: Check, name: str, text: str) -> None:
    (found, *_) = check([Source(name, text)])
    assert found.startswith(f"{name}:")


ALLOWED: list[tuple[Check, str, str]] = [
    (code.selects_outside_queries, "web.posts.queries", "rows = session.scalars(select(Post))"),
    (code.selects_outside_queries, "web.database.schema", "rows = session.scalars(select(Post))"),
    (code.hidden_sql, "web.posts.posts", "words = request.url.query"),
    (code.engines_at_import, "web.app", "def open_database(url): return Database(url)"),
    (code.engines_at_import, "web.app", "later = lambda: create_engine('sqlite:///x')"),
    (code.untold_states, "web.drafts.drafts", "actions.publish(session, post, user, now)"),
    (foreign_keys_set, "web.posts.actions", "post.post_status_lookup_code = 'draft'"),
    (foreign_keys_set, "web.posts.posts", "path_to('comments.new', post_id=3)"),
    (foreign_keys_set, "web.posts.queries", "select(Comment).where(Comment.post_id == post.id)"),
    (code.dialects_named, "web.database.sqlite", "if dialect == 'sqlite': pass"),
    (code.dialects_named, "web.app", "def open():\n    'An SQLite file.'"),
]


@pytest.mark.parametrize(("check", "name", "text"), ALLOWED)
def test_what_keeps_a_rule_is_left_alone(check: Check, name: str, text: str) -> None:
    assert check([Source(name, text)]) == []
