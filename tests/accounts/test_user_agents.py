import pytest

from web.accounts.user_agents import describe

CHROME = "AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0"
APPLE = "AppleWebKit/605.1.15 (KHTML, like Gecko)"


@pytest.mark.parametrize(
    ("user_agent", "expected"),
    [
        ("Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0", "Firefox on Linux"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36", "Chrome on Windows"),
        (f"Mozilla/5.0 (Windows NT 10.0; Win64; x64) {CHROME} Safari/537.36 Edg/142.0.0.0", "Edge on Windows"),
        (f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {CHROME} Safari/537.36 OPR/124.0.0.0", "Opera on a Mac"),
        (
            f"Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) {APPLE} Version/26.1 Safari/605.1.15",
            "Safari on a Mac",
        ),
        (
            f"Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) {APPLE} CriOS/142.0 Mobile/15E148 Safari/604.1",
            "Chrome on an iPhone",
        ),
        (
            f"Mozilla/5.0 (Linux; Android 16; SM-S921B) {CHROME} SamsungBrowser/29.0 Mobile Safari/537.36",
            "Samsung Internet on Android",
        ),
        (f"Mozilla/5.0 (X11; CrOS x86_64 16433.0.0) {CHROME} Safari/537.36", "Chrome on a Chromebook"),
        ("curl/8.17.0", "curl"),
        ("testclient", "An unknown browser"),
        ("", "An unknown browser"),
        ("SomethingNew (Linux)", "An unknown browser on Linux"),
    ],
)
def test_browsers_in_words(user_agent: str, expected: str) -> None:
    assert describe(user_agent) == expected
