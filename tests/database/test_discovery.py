"""Models are found without a list of them."""

import sys
from pathlib import Path
from types import ModuleType

import pytest

import web.models
from web.database.discovery import discover


def test_every_model_is_found() -> None:
    files = {path.stem for path in Path(web.models.__file__).parent.glob("*.py")} - {"__init__"}
    assert {module.__name__ for module in discover(web.models)} == {f"web.models.{name}" for name in files}


def test_modules_are_imported_in_the_order_of_their_names(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(tmp_path)
    package = tmp_path / "shelf"
    package.mkdir()
    for name in ("b", "a"):
        (package / f"{name}.py").write_text(f"LETTER = {name!r}")
    (package / "__init__.py").write_text("")
    shelf = __import__("shelf")
    assert isinstance(shelf, ModuleType)
    assert [module.LETTER for module in discover(shelf)] == ["a", "b"]
    for name in ("shelf", "shelf.a", "shelf.b"):
        del sys.modules[name]
