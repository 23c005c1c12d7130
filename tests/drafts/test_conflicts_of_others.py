"""Whoever looks at a conflict reads who wrote which words, whether they are their own or not."""

from dataclasses import dataclass, field

import pytest
from sqlalchemy import update
from starlette.testclient import TestClient

from tests.drafts.writing import Editor
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import Soup, soup
from tests.support.reading import Read
from web.database import Database
from web.models.post import Post
from web.models.post_revision import PostRevision
from web.models.user import User

BODY = "One.\n\nTwo.\n\nThree."


@dataclass
class People:
    """Two authors of one post, an editor and an owner, each with a browser."""

    make: Make
    sign_in: SignIn
    browsers: dict[str, TestClient] = field(default_factory=dict)

    def __post_init__(self) -> None:
        users = {
            name.lower(): self.make.user(name.lower(), display_name=name, role=role)
            for name, role in (("Ada", "author"), ("Grace", "author"), ("Ed", "editor"), ("Olga", "owner"))
        }
        self.post = self.make.post([users["ada"], users["grace"]], title="Shared", body=BODY, published=False)
        self.browsers = {name: self.sign_in(user) for name, user in users.items()}

    def clash(self, writer: str, saver: str) -> str:
        """Two change the second paragraph. The address of the conflict of whoever sent it last."""
        mine, theirs = (Editor(self.browsers[name], f"/write/{self.post.id}") for name in (writer, saver))
        theirs.save(body=BODY.replace("Two", "Two, saved"))
        return str(mine.send(body=BODY.replace("Two", "Two, waiting")).headers["location"])

    def reads(self, name: str, address: str) -> Soup:
        answer = self.browsers[name].get(address)
        assert answer.status_code == 200
        return soup(answer)


@pytest.fixture
def people(make: Make, sign_in: SignIn) -> People:
    return People(make, sign_in)


def sides(page: Soup) -> list[str]:
    return [" ".join(title.text().split()) for title in page.all(".conflict-whose")]


def labels(page: Soup) -> list[str]:
    return [label.text() for label in page.all(".conflict .field-check label")]


@pytest.mark.parametrize(
    ("reader", "writer", "saver", "mine", "theirs", "lede"),
    [
        ("ada", "ada", "grace", "yours", "theirs", "While you were writing, {} by Grace."),
        ("ada", "ada", "ada", "yours", "theirs", "While you were writing, {} by you, in another window."),
        ("ada", "grace", "ada", "Grace’s", "yours", "While Grace was writing, {} by you."),
        ("grace", "ada", "ed", "Ada’s", "Ed’s", "While Ada was writing, {} by Ed."),
        ("ed", "ada", "grace", "Ada’s", "Grace’s", "While Ada was writing, {} by Grace."),
        ("ed", "ada", "ed", "Ada’s", "yours", "While Ada was writing, {} by you."),
        ("olga", "ed", "ada", "Ed’s", "Ada’s", "While Ed was writing, {} by Ada."),
        ("olga", "ada", "ada", "Ada’s waiting words", "Ada’s saved words", "{} by Ada, in another window."),
    ],
)
def test_everybody_reads_who_wrote_what(
    people: People, reader: str, writer: str, saver: str, mine: str, theirs: str, lede: str
) -> None:
    page = people.reads(reader, people.clash(writer, saver))
    said = page.text(".lede")
    before, after = lede.split("{}")
    assert before in said
    assert after in said
    assert f"Everything that {'you' if reader == writer else writer.title()} typed is stored." in said
    assert [side.lower() for side in sides(page)] == [mine.lower(), theirs.lower()]
    assert labels(page) == [f"Keep {mine}", f"Keep {theirs}", f"Keep both, {mine} first", "Use the words below"]
    assert ("your" in page.text("main").lower().replace("needs your decision", "")) is (reader in (writer, saver))


def test_what_somebody_else_decides_is_stored(people: People, read: Read) -> None:
    address = people.clash("ada", "grace")
    page = people.reads("ed", address)
    answer = people.browsers["ed"].post(address, data=page.form(".conflict") | {"choice-body-1": "mine"})
    assert answer.status_code == 303
    assert "Two, waiting." in read.all(Post)[0].body
    assert people.browsers["ada"].get(address).headers["location"] == f"/write/{people.post.id}"


def test_a_decision_that_is_asked_for_again_names_them_too(people: People) -> None:
    address = people.clash("ada", "grace")
    data = people.reads("ed", address).form(".conflict")
    answer = people.browsers["ed"].post(address, data=data)
    assert answer.status_code == 422
    assert sides(soup(answer)) == ["Ada’s", "Grace’s"]


def test_people_of_one_name_are_told_apart(people: People, database: Database) -> None:
    address = people.clash("ada", "grace")
    with database.session() as session:
        session.execute(update(User).where(User.username.in_(["ada", "grace"])).values(display_name="Alex"))
    assert sides(people.reads("ed", address)) == ["Alex (ada)’s", "Alex (grace)’s"]
    assert "by Alex (grace)." in people.reads("ada", address).text(".lede")


def test_people_who_are_gone_are_somebody(people: People, database: Database) -> None:
    address = people.clash("ada", "grace")
    with database.session() as session:
        session.execute(update(PostRevision).values(user_id=None))
    page = people.reads("ed", address)
    assert sides(page) == ["Somebody’s", "Somebody’s"]
