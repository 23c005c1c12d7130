"""What the package says of itself agrees with what it does."""

import ast
import json
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from web.database import mariadb

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
RUNTIME = [Requirement(text) for text in PROJECT["dependencies"]]
EXTRAS = {name: [Requirement(text) for text in texts] for name, texts in PROJECT["optional-dependencies"].items()}
OWN_EXTRAS = [each for each in EXTRAS["dev"] if each.name == PROJECT["name"]]
OTHERS = [each for each in EXTRAS["dev"] if each.name != PROJECT["name"]]

# Imported by nobody: uvicorn and SQLAlchemy pick these up by name.
FOUND_BY_NAME = {"uvloop", "httptools", "psycopg", "tzdata", "python-multipart", "argon2-cffi"}


def imported_modules(folder: Path) -> set[str]:
    """The top-level modules that the folder's files import, without our own and the standard library's."""
    names: set[str] = set()
    for path in folder.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Import):
                names |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"web"}


def test_all_that_the_application_imports_is_declared_and_the_other_way_round() -> None:
    distributions = packages_distributions()
    imported = {distributions[name][0].lower() for name in imported_modules(ROOT / "web")}
    declared = {requirement.name.lower() for requirement in RUNTIME}
    assert imported <= declared, "imported, but not declared"
    assert declared - FOUND_BY_NAME <= imported, "declared, but used by nobody"


@pytest.mark.parametrize("requirement", [*RUNTIME, *EXTRAS["mariadb"], *OTHERS], ids=str)
def test_each_dependency_has_a_lower_bound(requirement: Requirement) -> None:
    operators = {specifier.operator for specifier in requirement.specifier}
    assert ">=" in operators


def test_whoever_develops_has_every_driver() -> None:
    assert {extra for each in OWN_EXTRAS for extra in each.extras} == set(EXTRAS) - {"dev"}


def test_the_extra_brings_the_driver_that_is_asked_for() -> None:
    assert [each.name for each in EXTRAS["mariadb"]] == [mariadb.DRIVER]


def test_front_end_files_are_pinned_with_hashes_and_without_addresses() -> None:
    wanted = json.loads((ROOT / "package.json").read_text())["dependencies"]
    locked = json.loads((ROOT / "package-lock.json").read_text())["packages"]
    assert locked[""]["dependencies"] == wanted
    for name, package in locked.items():
        if name:
            assert package["integrity"].startswith("sha512-")
            assert "resolved" not in package
    for name, version in wanted.items():
        assert locked[f"node_modules/{name}"]["version"] == version
