import pytest
from starlette.testclient import TestClient

from tests.conftest import Counted
from tests.support.clients import SignIn
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.htmx import as_htmx
from web.manage.queries import COUNTED_UP_TO
from web.models.comment import Comment

PAGES = ["/manage", "/manage/people", "/manage/settings"]


@pytest.mark.parametrize("address", PAGES)
def test_strangers_are_sent_to_sign_in(client: TestClient, address: str) -> None:
    assert client.get(address).headers["location"] == f"/sign-in?next={address}"
    answer = client.get(address, headers=as_htmx | {"HX-Current-URL": f"http://testserver{address}"})
    assert answer.status_code == 401
    assert answer.headers["hx-redirect"] == f"/sign-in?next={address}"


@pytest.mark.parametrize(
    ("role", "statuses"),
    [
        ("reader", [403, 403, 403]),
        ("contributor", [403, 403, 403]),
        ("author", [403, 403, 403]),
        ("editor", [200, 200, 403]),
        ("owner", [200, 200, 200]),
    ],
)
def test_who_may_see_what(sign_in: SignIn, make: Make, role: str, statuses: list[int]) -> None:
    browser = sign_in(make.user("ada", role=role))
    assert [browser.get(address).status_code for address in PAGES] == statuses


def test_the_dashboard_says_what_waits(sign_in: SignIn, make: Make) -> None:
    browser = sign_in(make.user("ada", role="owner"))
    assert "Nothing waits for you." in soup(browser.get("/manage")).text("main")
    post = make.post()
    for status in ("pending", "pending", "approved", "rejected"):
        make.comment(post, status=status)
    make.comment(post, status="pending", deleted_at=post.created_at)
    page = soup(browser.get("/manage"))
    assert "2 comments wait for approval." in page.text("main")
    assert "2 people" in page.text("main")
    assert page.link("Comments") == "/manage/comments"


def test_one_comment_waits(sign_in: SignIn, make: Make) -> None:
    make.comment(make.post(), status="pending")
    page = soup(sign_in(make.user("ada", role="editor")).get("/manage"))
    assert "1 comment waits for approval." in page.text("main")


def test_editors_are_not_led_where_they_may_not_go(sign_in: SignIn, make: Make) -> None:
    links = soup(sign_in(make.user("ada", role="editor")).get("/manage")).attributes("main a", "href")
    assert links == ["/manage/comments", "/write?state=review&whose=everybody", "/manage/people"]
    links = soup(sign_in(make.user("eve", role="owner")).get("/manage")).attributes("main a", "href")
    assert links == [
        "/manage/comments",
        "/write?state=review&whose=everybody",
        "/manage/people",
        "/manage/settings",
        "/messages/new",
    ]


def test_beyond_a_thousand_nobody_counts_on(sign_in: SignIn, make: Make) -> None:
    post = make.post()
    columns = {"post_id": post.id, "body": "", "body_html": "", "renderer_version": 1, "created_at": post.created_at}
    make.add(*[Comment(uid=f"{n}", comment_status_lookup_code="pending", **columns) for n in range(COUNTED_UP_TO + 1)])
    page = soup(sign_in(make.user("ada", role="owner")).get("/manage"))
    assert "At least 1000 comments wait for approval." in page.text("main")


@pytest.mark.parametrize("comments", [1, 20])
def test_the_dashboard_takes_three_statements(sign_in: SignIn, make: Make, counted: Counted, comments: int) -> None:
    post = make.post()
    for _ in range(comments):
        make.comment(post, status="pending")
    browser = sign_in(make.user("ada", role="owner"))
    with counted() as statements:
        browser.get("/manage")
    assert len(statements) == 3
