"""The time that is typed to schedule a post: wrong ones, and those where clocks go forward or back."""

from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from tests.publishing.conftest import BOTH, schedule, stored
from tests.support.factories import Make
from tests.support.html import soup
from tests.support.reading import Read
from web.models.user import User


@BOTH
@pytest.mark.parametrize(
    ("moment", "message"),
    [
        ("", "Please type the date and the time"),
        ("soon", "Please type a date and a time"),
        ("2026-11-22T14:05", "This time is over"),
        ("2027-03-28T02:30", "There is no 02:30 on 28 March 2027 in Europe/Berlin"),
        ("2027-10-31T02:30", "02:30 on 31 October 2027 comes twice"),
    ],
)
def test_a_bad_time_comes_back_with_a_reason(
    browser: TestClient, make: Make, ada: User, read: Read, headers: dict[str, str], moment: str, message: str
) -> None:
    make.setting("zone", "Europe/Berlin")
    post = make.post(ada, published=False)
    response = schedule(browser, post, moment, headers)
    assert response.status_code == 422
    assert message in soup(response).text("#moment-error")
    assert soup(response).attribute("#moment", "value") == moment
    assert soup(response).has("h1") != bool(headers)
    assert stored(read, post).post_status_lookup_code == "draft"


@pytest.mark.parametrize(
    ("moment", "names", "chosen", "expected"),
    [
        ("2027-03-28T02:30", ["03:00 on 28 March 2027 (UTC+2)"], 0, datetime(2027, 3, 28, 1, tzinfo=UTC)),
        ("2027-10-31T02:30", ["02:30 on 31 October 2027 (UTC+2)", "02:30 on 31 October 2027 (UTC+1)"], 0,
         datetime(2027, 10, 31, 0, 30, tzinfo=UTC)),
        ("2027-10-31T02:30", ["02:30 on 31 October 2027 (UTC+2)", "02:30 on 31 October 2027 (UTC+1)"], 1,
         datetime(2027, 10, 31, 1, 30, tzinfo=UTC)),
    ],
)  # fmt: skip
def test_where_clocks_change_one_chooses(
    browser: TestClient,
    make: Make,
    ada: User,
    read: Read,
    moment: str,
    names: list[str],
    chosen: int,
    expected: datetime,
) -> None:
    make.setting("zone", "Europe/Berlin")
    post = make.post(ada, published=False)
    page = soup(schedule(browser, post, moment))
    assert page.texts("#schedule fieldset label") == names
    values = page.attributes("#schedule fieldset input", "value")
    assert schedule(browser, post, moment, moment_choice=values[chosen]).status_code == 303
    assert stored(read, post).published_at == expected
    if len(names) == 2:
        again = soup(browser.get(f"/write/{post.id}/settings"))
        assert again.attribute("#schedule input[checked]", "value") == values[chosen]


def test_a_choice_that_was_not_offered_is_none(browser: TestClient, make: Make, ada: User, read: Read) -> None:
    make.setting("zone", "Europe/Berlin")
    post = make.post(ada, published=False)
    assert schedule(browser, post, "2027-03-28T02:30", moment_choice="2099-01-01T00:00+00:00").status_code == 422
    schedule(browser, post, "2027-03-28T12:00", moment_choice="2099-01-01T00:00+00:00")
    assert stored(read, post).published_at == datetime(2027, 3, 28, 10, tzinfo=UTC)
