import pytest

from web.blog.rules import RULES, setting_problem, time_zones
from web.models.setting import Blog


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("title", "Notes on Engines"),
        ("title", "x" * 100),
        ("description", ""),
        ("description", "x" * 500),
        ("language", "en"),
        ("language", "haw"),
        ("language", "pt-BR"),
        ("language", "zh-Hant"),
        ("language", "zh-Hant-TW"),
        ("language", "es-419"),
        ("language", "de-CH-1901"),
        ("language", "sl-rozaj"),
        ("zone", "UTC"),
        ("zone", "Europe/Berlin"),
        ("zone", "America/Argentina/Buenos_Aires"),
        ("sign_up", "open"),
        ("sign_up", "invitation"),
        ("sign_up", "closed"),
        ("guests", "yes"),
        ("guests", "no"),
    ],
)
def test_good_values(name: str, value: str) -> None:
    assert setting_problem(name, value) is None


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("title", "", "needs a title"),
        ("title", "   ", "needs a title"),
        ("title", "x" * 101, "at most 100"),
        ("title", "a\nb", "one line"),
        ("title", "a\x00b", "control characters"),
        ("title", "\udcff", "control characters"),
        ("description", "x" * 501, "at most 500"),
        ("language", "", "no language code"),
        ("language", "English", "no language code"),
        ("language", "e", "no language code"),
        ("language", "de_DE", "no language code"),
        ("language", "de-", "no language code"),
        ("language", 'de" onload="', "no language code"),
        ("zone", "", "no known time zone"),
        ("zone", "Europe", "no known time zone"),
        ("zone", "europe/berlin", "no known time zone"),
        ("zone", "../../etc/passwd", "no known time zone"),
        ("zone", "localtime", "no known time zone"),
        ("sign_up", "maybe", "open, invitation, closed"),
        ("guests", "on", "yes or no"),
        ("guests", "", "yes or no"),
    ],
)
def test_bad_values_are_told_what_to_do(name: str, value: str, words: str) -> None:
    assert words in str(setting_problem(name, value))


def test_every_setting_of_the_blog_has_a_rule_that_its_default_follows() -> None:
    blog = Blog()
    assert [*RULES, "uid"] == list(vars(blog)), "all but the uid, which nobody decides"
    for name in RULES:
        assert setting_problem(name, getattr(blog, name)) is None


def test_an_unknown_setting_has_no_rule() -> None:
    with pytest.raises(KeyError):
        setting_problem("theme", "dark")


def test_all_time_zones_are_offered_in_order() -> None:
    assert len(time_zones()) > 400
    assert list(time_zones()) == sorted(time_zones())
    assert {"UTC", "Europe/Berlin", "Asia/Kolkata"} <= set(time_zones())
