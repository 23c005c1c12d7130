"""The blog runs from its wheel, outside the checkout and on PostgreSQL, as it does in the image."""

import os
import re
import tarfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from bench.process import running
from tests.packaging.environment import build
from tests.support.postgresql import fresh_database, postgres_server
from tests.support.server import free_port


@contextmanager
def served(environment: Path, database: str, folder: Path) -> Iterator[httpx2.Client]:
    """The installed blog, started as the image starts it."""
    address = f"http://127.0.0.1:{(port := free_port())}"
    settings = {
        "PATH": os.defpath,
        "COLOPHON_DATA": str(folder / "data"),
        "COLOPHON_DATABASE_URL": database,
    }
    command = [str(environment / "bin" / "colophon"), "serve", "--host", "127.0.0.1", "--port", str(port)]
    with (
        running(command, address=address, ready="/healthz", environment=settings, folder=folder),
        httpx2.Client(base_url=address) as client,
    ):
        yield client


@pytest.fixture
def blog(environment: Path, tmp_path: Path) -> Iterator[httpx2.Client]:
    with (
        postgres_server() as server,
        fresh_database(server) as database,
        served(environment, database, tmp_path) as client,
    ):
        yield client


def test_the_installed_blog_serves_its_pages_and_files_from_postgresql(blog: httpx2.Client) -> None:
    page = blog.get("/")
    assert page.status_code == 200
    assert "</html>" in page.text
    files = re.findall(r'(?:href|src)="(/static/[^"]+)"', page.text)
    assert any("htmx.min" in file for file in files)
    for file in files:
        answer = blog.get(file)
        assert (file, answer.status_code) == (file, 200)
        assert answer.content
    assert blog.get("/healthz").status_code == 200
    assert blog.get("/readyz").status_code == 200


def test_a_source_archive_gives_the_same_wheel_without_a_network(source: Path, wheel: Path, tmp_path: Path) -> None:
    archive = build("sdist", source, tmp_path / "archive")
    with tarfile.open(archive) as packed:
        packed.extractall(tmp_path, filter="data")
    (unpacked,) = tmp_path.glob("colophon-*")
    again = build("wheel", unpacked, tmp_path / "again", PATH="", npm_config_offline="true", HOME=str(tmp_path))
    assert contents(again) == contents(wheel)


def test_the_wheel_carries_templates_static_files_and_migrations(source: Path, wheel: Path) -> None:
    files = {path.relative_to(source) for path in source.rglob("*") if path.is_file()}
    wanted = {f"web/{path}" for path in files if path.parts[0] in {"templates", "static"}}
    wanted |= {str(path) for path in files if path.parts[0] == "web"}
    assert "web/static/vendor/htmx.min.js" in wanted
    assert wanted <= set(contents(wheel))


def contents(wheel: Path) -> dict[str, int]:
    """The names in a wheel with the checksum of each."""
    with zipfile.ZipFile(wheel) as packed:
        return {entry.filename: entry.CRC for entry in packed.infolist()}
