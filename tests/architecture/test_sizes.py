"""A file is a room: small enough to read in one go."""

from tests.architecture import sizes
from tests.architecture.sources import ROOT, Source, our_code, sources_in
from tests.architecture.templates import our_templates

# What is longer, and why that is right.
LONG_FILES = {
    "web.migrations.versions.0001_first_schema": "one migration makes the whole first schema",
}
LONG_FUNCTIONS = LONG_FILES
LONG_TEMPLATES: dict[str, str] = {}

ALL_CODE = [source for folder in ("web", "tests", "bench", "scripts") for source in sources_in(folder)]


def test_files_are_short() -> None:
    assert sizes.long_files(source for source in ALL_CODE if source.name not in LONG_FILES) == []


def test_functions_are_short() -> None:
    assert sizes.long_functions(source for source in ALL_CODE if source.name not in LONG_FUNCTIONS) == []
    assert sizes.usual_length(our_code()) <= 8


def test_templates_are_short() -> None:
    templates = {name: text for name, text in our_templates().items() if name not in LONG_TEMPLATES}
    assert sizes.long_templates(templates) == []


def test_styles_and_scripts_are_short() -> None:
    own = [path for folder in ("css", "js") for path in (ROOT / "static" / folder).iterdir()]
    assert [path.name for path in own if len(path.read_text().splitlines()) > sizes.FILE_LIMIT] == []


def test_exceptions_are_still_needed() -> None:
    by_name = {source.name: source for source in ALL_CODE}
    assert all(sizes.long_files([by_name[name]]) for name in LONG_FILES)
    assert all(sizes.long_functions([by_name[name]]) for name in LONG_FUNCTIONS)
    assert all(sizes.long_templates({name: our_templates()[name]}) for name in LONG_TEMPLATES)


def test_what_is_too_long_is_found() -> None:
    assert sizes.long_files([Source("web.long", "x = 1\n" * 251)]) == ["web.long has 251 lines"]
    assert sizes.long_files([Source("web.short", "x = 1\n" * 250)]) == []
    body = "def long():\n" + "    x = 1\n" * 30
    assert sizes.long_functions([Source("web.long", body)]) == ["web.long:1 long has 31 lines"]
    assert sizes.long_functions([Source("web.long", f"class Inner:\n    async {body}".replace("    x", "      x"))])
    assert sizes.long_templates({"a.html": "<p>\n" * 81, "b.html": "<p>\n" * 80}) == ["a.html has 81 lines"]
    assert sizes.usual_length([Source("web.a", "def one(): pass\n\ndef two():\n    x = 1\n    y = 2\n")]) == 2
