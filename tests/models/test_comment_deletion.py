"""Answers go with the comment they answer, and nothing else does."""

from tests.support.factories import Make
from tests.support.reading import Read
from web.database import Database
from web.models.comment import Comment


def test_a_comment_that_answers_nothing_is_stored(make: Make, read: Read) -> None:
    comment = make.comment(make.post())
    assert read(Comment, comment.id) is not None


def test_deleting_a_row_takes_its_answers_and_leaves_the_rest(database: Database, make: Make, read: Read) -> None:
    post = make.post()
    first, other = make.comment(post), make.comment(post)
    make.comment(post, parent=make.comment(post, parent=first))
    with database.session() as session:
        session.delete(session.get_one(Comment, first.id))
    assert [comment.id for comment in read.all(Comment)] == [other.id]


def test_a_comment_outlives_its_writer(database: Database, make: Make, read: Read) -> None:
    ada = make.user("ada")
    comment = make.comment(make.post(), ada)
    with database.session() as session:
        session.delete(session.get_one(type(ada), ada.id))
    found = read(Comment, comment.id)
    assert found is not None
    assert found.user_id is None
