"""`colophon demo` fills an empty blog, once, with pages that work."""

import re
from collections import Counter
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result
from starlette.testclient import TestClient

from tests.support.clients import Clients
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.reading import Read
from web.cli import main
from web.models.comment import Comment, CommentStatus
from web.models.message import Message, UserMessageAssociation
from web.models.post import Post
from web.models.user import Role, User
from web.settings import Settings


@pytest.fixture
def environment(settings: Settings) -> dict[str, str]:
    return {
        "COLOPHON_DATA": str(settings.data),
        "COLOPHON_DATABASE_URL": settings.database_url,
        "COLOPHON_PASSWORD_MEMORY_KIB": str(settings.password_memory_kib),
        "COLOPHON_PASSWORD_ROUNDS": str(settings.password_rounds),
    }


def run(environment: dict[str, str], *arguments: str) -> Result:
    return CliRunner().invoke(main, ["demo", *arguments], env=environment)


def test_an_empty_blog_is_filled(environment: dict[str, str], read: Read) -> None:
    result = run(environment)
    assert result.exit_code == 0
    assert "The blog has 18 sample posts and pages now; 4 more are not published yet." in result.output
    posts, people = read.all(Post), read.all(User)
    states = Counter(post.state_at(datetime.now(UTC)) for post in posts)
    assert states == {"published": 17, "draft": 2, "unlisted": 1, "review": 1, "scheduled": 1}
    assert [post.id for post in posts] == [post.id for post in sorted(posts, key=lambda post: post.created_at)]
    assert [person.username for person in people if person.is_active] == ["owner"]
    assert {person.username for person in people if person.role_lookup_code == Role.AUTHOR} == {
        "marta",
        "jonas",
        "ines",
    }
    assert {comment.comment_status_lookup_code for comment in read.all(Comment)} == {
        CommentStatus.APPROVED,
        CommentStatus.PENDING,
    }
    _check_messages(read)


def _check_messages(read: Read) -> None:
    (owner,) = [person for person in read.all(User) if person.is_owner]
    received = {row.message_id for row in read.all(UserMessageAssociation) if row.user_id == owner.id}
    subjects = [message.subject for message in read.all(Message) if message.is_global or message.id in received]
    assert subjects == [
        "A comment by A reader from Ghent on “Sixty-six characters” waits for approval",
        "“The edge that nobody cut” by Nora Lindqvist waits for review",
        "This blog is full of samples",
    ]


def test_the_printed_password_opens_the_blog(environment: dict[str, str], clients: Clients, read: Read) -> None:
    password = re.search(r"with the password (\S+) \(shown only now\)", run(environment).output)
    assert password is not None
    (owner,) = [person for person in read.all(User) if person.is_owner]
    browser = clients.sign_in(owner, password[1])
    assert browser.get("/manage/comments").status_code == 200


def test_it_shows_what_can_be_done_with_a_post(environment: dict[str, str], client: TestClient) -> None:
    run(environment)
    front = soup(client.get("/"))
    assert front.text(".post-summary-title") == "What a colophon is"
    assert client.get(front.link("About")).status_code == 200
    part = soup(client.get("/posts/folding-a-sheet"))
    assert "Part 2 of 4" in part.text(".series-place")
    assert client.get("/posts/house-style").status_code == 200
    archive = client.get("/archive").text
    assert "House style" not in archive
    assert client.get("/posts/kerning-with-a-knife").status_code == 404


def test_every_page_of_it_answers(environment: dict[str, str], client: TestClient) -> None:
    run(environment)
    waiting, seen = ["/", "/tags", "/archive", "/feed.xml", "/sitemap.xml"], set()
    while waiting:
        address = waiting.pop()
        if address not in seen:
            seen.add(address)
            answer = client.get(address)
            assert answer.status_code == 200, address
            waiting += re.findall(r'(?:href|src)="(/(?!sign)[^"#]*)', answer.text)
    assert len([address for address in seen if address.startswith("/posts/")]) >= 16
    assert len([address for address in seen if address.startswith("/static/sample/")]) >= 6


def test_a_blog_with_posts_is_not_touched(environment: dict[str, str], make: Make, read: Read) -> None:
    make.post(published=False)
    result = run(environment)
    assert result.exit_code == 1
    assert "This blog has posts already" in result.output
    assert run(environment, "--if-empty").exit_code == 0
    assert (read.count(Post), read.count(User)) == (1, 1)


def test_a_blog_with_an_owner_keeps_them(environment: dict[str, str], make: Make, read: Read) -> None:
    make.user("boss", role=Role.OWNER)
    assert run(environment, "--if-empty").output == ""
    assert read.count(Post) == 0
    result = run(environment)
    assert "password" not in result.output
    assert [person.username for person in read.all(User) if person.is_owner] == ["boss"]


def test_a_name_that_is_taken_changes_nothing(environment: dict[str, str], make: Make, read: Read) -> None:
    make.user("marta")
    result = run(environment)
    assert result.exit_code == 1
    assert "There are people called marta already." in result.output
    assert (read.count(Post), read.count(User)) == (0, 1)
