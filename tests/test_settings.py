"""What the person who runs the blog decides, checked once at start."""

import os
import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from pydantic import ValidationError

from web.settings import Settings, find_folder


def test_everything_has_a_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in [name for name in os.environ if name.startswith("COLOPHON_")]:
        monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)
    settings = Settings()
    assert settings.effective_database_url == f"sqlite:///{tmp_path / 'data' / 'colophon.sqlite3'}"
    assert settings.host_names == ["*"]
    assert not settings.is_https
    assert not (tmp_path / "data").exists(), "reading settings makes nothing"


def test_each_is_an_environment_variable(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "DATA": "/srv/blog",
        "DATABASE_URL": "postgres://ann@db/blog",
        "DATABASE_SLOTS": "4",
        "BASE_URL": "https://blog.example/",
        "TRUSTED_HOSTS": "blog.example, www.blog.example ,",
        "SQL_ECHO": "1",
    }.items():
        monkeypatch.setenv(f"COLOPHON_{name}", value)
    settings = Settings()
    assert settings.data == Path("/srv/blog")
    assert settings.effective_database_url == "postgresql://ann@db/blog"
    assert settings.database_slots == 4
    assert (settings.base_url, settings.is_https) == ("https://blog.example", True)
    assert settings.host_names == ["blog.example", "www.blog.example"]
    assert settings.sql_echo is True


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("database_slots", "many"),
        ("database_slots", "0"),
        ("body_limit", "10"),
        ("base_url", "blog.example"),
        ("base_url", "https://"),
        ("base_url", "https://["),
        ("base_url", "https://blog.example?x=1"),
        ("sql_echo", "perhaps"),
        ("image_limit", "1"),
        ("image_megapixels", "0"),
        ("storage_endpoint", "minio:9000"),
        ("storage_endpoint", "https://"),
        ("password_rounds", "0"),
        ("image_sources", "'self'; script-src *"),
        ("image_sources", "https:\nX-Evil: 1"),
        ("trusted_hosts", "blog.*"),
        ("trusted_hosts", " , "),
    ],
)
def test_what_makes_no_sense_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"COLOPHON_{name.upper()}", value)
    with pytest.raises(ValidationError) as refused:
        Settings()
    assert [error["loc"] for error in refused.value.errors()] == [(name,)]


def test_they_do_not_change(tmp_path: Path) -> None:
    with pytest.raises(ValidationError):
        Settings(data=tmp_path).sql_echo = True


def test_a_key_is_made_once_and_kept_to_oneself(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    key = settings.read_secret_key()
    assert len(key) >= 48
    assert settings.read_secret_key() == Settings(data=tmp_path / "data").read_secret_key() == key
    mode = (tmp_path / "data" / "secret.key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_key_that_was_set_is_not_stored(tmp_path: Path) -> None:
    assert Settings(data=tmp_path / "data", secret_key="mine").read_secret_key() == "mine"
    assert not (tmp_path / "data").exists()


def test_processes_that_start_at_once_share_one_key(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path)
    with ThreadPoolExecutor(16) as threads:
        keys = set(threads.map(lambda _: settings.read_secret_key(), range(64)))
    assert len(keys) == 1
    assert len(keys.pop()) >= 48


def test_the_folders_of_a_checkout_are_found() -> None:
    assert (find_folder("templates") / "layouts" / "page.html").is_file()
    assert (find_folder("static") / "css" / "base.css").is_file()
