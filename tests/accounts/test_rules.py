from datetime import UTC, datetime, timedelta

import pytest

from web.accounts import rules

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)


@pytest.mark.parametrize("name", ["al", "Ada", "ada.lovelace", "a-b_c", "0day", "x" * 50])
def test_good_usernames(name: str) -> None:
    assert rules.username_problem(name) is None


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("", "2 to 50 characters"),
        ("a", "2 to 50 characters"),
        ("x" * 51, "this has 51"),
        ("ada lovelace", "only the letters"),
        ("ada@example.org", "only the letters"),
        ("..", "a letter or digit first"),
        ("-ada", "a letter or digit first"),
        ("ädä", "a to z"),
        ("İda", "a to z"),
        ("ada\n", "only the letters"),
        ("ada/..", "only the letters"),
    ],
)
def test_bad_usernames_are_told_why(name: str, words: str) -> None:
    assert words in str(rules.username_problem(name))


@pytest.mark.parametrize(
    ("name", "expected"),
    [("admin", True), ("Root", True), ("colophon", True), ("ada", False), ("administrators", False)],
)
def test_reserved_names(name: str, expected: bool) -> None:
    assert rules.is_reserved(name) is expected


@pytest.mark.parametrize(
    "email",
    ["ada@example.org", "a.b+c@sub.example.co.uk", "ada@localhost", "jürgen@exämple.de", "x" * 242 + "@example.org"],
)
def test_good_email_addresses(email: str) -> None:
    assert rules.email_problem(email) is None


@pytest.mark.parametrize(
    "email",
    [
        "",
        "ada",
        "ada@",
        "@example.org",
        "ada@example",
        "ada@.org",
        "ada@example..org",
        "ada@example.org.",
        "a da@example.org",
        "a@b@example.org",
        "Ada <ada@example.org>",
        "ada@example.org,bob@example.org",
        "ada@exam\x00ple.org",
        "ada@\udcff.org",
    ],
)
def test_bad_email_addresses_are_told_how_one_looks(email: str) -> None:
    assert "name@example.org" in str(rules.email_problem(email))


def test_an_email_address_that_is_too_long_is_told_the_limit() -> None:
    assert "at most 254" in str(rules.email_problem("x" * 243 + "@example.org"))
    # In lower case, as it is stored, this letter is two.
    assert "at most 254" in str(rules.email_problem("\N{LATIN CAPITAL LETTER I WITH DOT ABOVE}" * 200 + "@example.org"))


@pytest.mark.parametrize(
    ("password", "words"),
    [("x" * 12, None), ("x" * 256, None), ("ß" * 12, None), ("x" * 11, "at least 12"), ("x" * 257, "at most 256")],
)
def test_length_of_passwords(password: str, words: str | None) -> None:
    problem = rules.password_problem(password)
    assert problem is None if words is None else words in str(problem)


def ago(*minutes: float) -> list[datetime]:
    return [NOW - timedelta(minutes=number) for number in minutes]


@pytest.mark.parametrize(
    ("failures", "expected"),
    [
        ([], 0),
        (ago(*[1] * 9), 0),
        (ago(*[1] * 10), 9),
        (ago(*[0] * 10), 10),
        (ago(*[9.5] * 10), 1),
        # What lies ten minutes back has expired.
        (ago(*[10] * 10), 0),
        (ago(10, *[1] * 9), 0),
        # The first of the last ten to expire makes room, however many there were before.
        (ago(9, 8, *[1] * 9), 2),
        (ago(*[1] * 9, 8), 2),
        (ago(*[9] * 10, 3, 2), 1),
        (ago(*[1] * 100), 9),
    ],
)
def test_minutes_to_wait(failures: list[datetime], expected: int) -> None:
    assert rules.minutes_to_wait(failures, NOW) == expected


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("192.0.2.7", "192.0.2.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", "192.0.2.7"),
        ("testclient", "testclient"),
        ("", ""),
    ],
)
def test_addresses_are_counted_by_network(address: str, expected: str) -> None:
    assert rules.counted_address(address) == expected


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        ("/write/7?tab=1#end", "/write/7?tab=1#end"),
        ("/posts/a%20b", "/posts/a%20b"),
        ("/tags/käse", "/tags/k%C3%A4se"),
        ("", "/"),
        ("write", "/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example", "/"),
        ("\\\\evil.example", "/"),
        ("/\t/evil.example", "/"),
        ("/\n/evil.example", "/"),
        ("/ /evil.example", "/"),
        (" //evil.example", "/"),
        ("javascript:alert(1)", "/"),
        ("/x\r\nSet-Cookie: a=b", "/"),
        ("/sign-in", "/"),
        ("/sign-in?next=/write", "/"),
        ("/sign-out", "/"),
        ("/sign-in-stories", "/sign-in-stories"),
    ],
)
def test_only_paths_of_this_blog_are_gone_to(wanted: str, expected: str) -> None:
    assert rules.local_path(wanted) == expected
