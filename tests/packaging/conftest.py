"""What the Dockerfile does, by hand: the build's files, the wheel, an environment with nothing but that."""

import shutil
from pathlib import Path

import pytest

from tests.packaging.environment import build, make_environment

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with just the files that .dockerignore lets into the image's build."""
    folder = tmp_path_factory.mktemp("source")
    rules = (ROOT / ".dockerignore").read_text().splitlines()
    kept = [rule[1:] for rule in rules if rule.startswith("!")]
    dropped = shutil.ignore_patterns("__pycache__", "vendor")
    for path in [ROOT / name for name in kept if (ROOT / name).exists()]:
        if path.is_dir():
            shutil.copytree(path, folder / path.name, ignore=dropped)
        else:
            shutil.copy(path, folder)
    return folder


@pytest.fixture(scope="module")
def wheel(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from that folder."""
    return build("wheel", source, tmp_path_factory.mktemp("wheel"))


@pytest.fixture(scope="module")
def environment(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A virtual environment outside the checkout: the wheel and what it asks for, nothing else."""
    return make_environment(tmp_path_factory.mktemp("installed") / "environment", wheel)
