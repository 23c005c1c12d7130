"""Who may do what, by one table of cases; and that lists are narrowed by the same rule."""

from datetime import datetime, timedelta
from itertools import product

import pytest

from tests.comments.conftest import People
from tests.support.clock import BEGINNING
from tests.support.factories import Make
from web.comments import queries, rules, shown
from web.database import Database
from web.models.comment import Comment
from web.models.post import Post, UserPostAssociation
from web.models.setting import Blog
from web.models.user import User

SOON, LATE = BEGINNING + timedelta(minutes=14), BEGINNING + timedelta(minutes=15)
NAMES = ("stranger", "reader", "writer", "contributor", "author", "other author", "editor", "owner")
ROLES = {"writer": "reader", "other author": "author"}
EVERYBODY, NOBODY = frozenset(NAMES), frozenset[str]()
STAFF = frozenset({"author", "editor", "owner"})
WRITER = frozenset({"writer"})


def person(name: str) -> User | None:
    if name == "stranger":
        return None
    return User(id=NAMES.index(name), username=name, display_name=name, role_lookup_code=ROLES.get(name, name))


def make_post(*, is_public: bool = True) -> Post:
    author = UserPostAssociation(user_id=NAMES.index("author"))
    status = "published" if is_public else "draft"
    return Post(
        id=1, slug="hello", post_status_lookup_code=status, published_at=BEGINNING, rel_user_associations=[author]
    )


def make_comment(state: str) -> shown.Comment:
    return shown.Comment(1, None, NAMES.index("writer"), state, BEGINNING)


def stored(comment: shown.Comment) -> Comment:
    is_deleted = comment.state == shown.DELETED
    return Comment(
        id=comment.id,
        user_id=comment.user_id,
        comment_status_lookup_code="approved" if is_deleted else comment.state,
        created_at=comment.created_at,
        deleted_at=BEGINNING if is_deleted else None,
    )


# State of the comment, whether its post is public, the time → who may see, answer, edit, delete it.
CASES: list[tuple[str, bool, datetime, frozenset[str], frozenset[str], frozenset[str], frozenset[str]]] = [
    ("approved", True, SOON, EVERYBODY, EVERYBODY - {"stranger"}, WRITER, STAFF | WRITER),
    ("approved", True, LATE, EVERYBODY, EVERYBODY - {"stranger"}, NOBODY, STAFF),
    ("approved", False, SOON, STAFF, NOBODY, NOBODY, STAFF | WRITER),
    ("pending", True, SOON, STAFF, NOBODY, NOBODY, STAFF),
    ("rejected", True, SOON, STAFF, NOBODY, NOBODY, STAFF),
    ("deleted", True, SOON, NOBODY, NOBODY, NOBODY, NOBODY),
    ("deleted", False, LATE, NOBODY, NOBODY, NOBODY, NOBODY),
]


@pytest.mark.parametrize(("state", "is_public", "now", "see", "answer", "edit", "delete"), CASES)
def test_rules_about_one_comment(
    state: str,
    is_public: bool,
    now: datetime,
    see: frozenset[str],
    answer: frozenset[str],
    edit: frozenset[str],
    delete: frozenset[str],
) -> None:
    post, blog = make_post(is_public=is_public), Blog()
    for name, comment in product(NAMES, (make_comment(state), stored(make_comment(state)))):
        user = person(name)
        assert rules.may_see(user, comment, post, now) == (name in see), name
        assert rules.may_answer(user, comment, post, blog, now) == (name in answer), name
        assert rules.may_edit(user, comment, post, now) == (name in edit), name
        assert rules.may_delete(user, comment, post, now) == (name in delete), name
        rights = rules.rights(user, comment, post, blog, now)
        assert rights.may_decide == (state == "pending" and name in STAFF), name


def test_who_may_comment() -> None:
    for is_public, guests in product((True, False), ("yes", "no")):
        may = {
            name
            for name in NAMES
            if rules.may_comment(person(name), make_post(is_public=is_public), Blog(guests=guests), BEGINNING)
        }
        everybody = EVERYBODY if guests == "yes" else EVERYBODY - {"stranger"}
        assert may == (everybody if is_public else NOBODY)


def test_who_moderates() -> None:
    assert {name for name in NAMES if rules.may_moderate(person(name), make_post())} == STAFF
    contributor = UserPostAssociation(user_id=NAMES.index("contributor"))
    theirs = Post(id=1, post_status_lookup_code="published", rel_user_associations=[contributor])
    assert not rules.may_moderate(person("contributor"), theirs)


def test_lists_follow_the_same_rule(database: Database, make: Make, people: People) -> None:
    users = [people.ada, people.ben, people.carl, people.eve, people.olga, people.rita]
    posts = [make.post(author) for author in (people.ada, people.ben, people.carl, [people.ada, people.ben])]
    comments = {make.comment(post, status="pending").id: post for post in posts}
    with database.session(read_only=True) as session:
        for user in users:
            listed = {item.comment.id for item in queries.queue(session, user, "pending", None).items}
            found = {number: queries.find_comment(session, number) for number in comments}
            assert listed == {
                n for n, comment in found.items() if comment and rules.may_moderate(user, comment.rel_post)
            }
