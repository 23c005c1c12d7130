"""docs/settings.md says what the code says."""

import json
import re
from pathlib import Path

from web.models.setting import Blog
from web.settings import Settings

TEXT = Path("docs/settings.md").read_text()
ROW = re.compile(r"^\| `(\w+)` \| (?:`(.+?)`)? ?\| (.+) \|$", re.MULTILINE)
ROWS = {name: (default, words) for name, default, words in ROW.findall(TEXT)}


def shown(default: object) -> str:
    return json.dumps(default) if isinstance(default, bool | int) else str(default)


def test_every_variable_is_documented_with_its_default_and_meaning() -> None:
    documented = {name: row for name, row in ROWS.items() if name.startswith("COLOPHON_")}
    fields = Settings.model_fields
    assert documented == {
        f"COLOPHON_{name.upper()}": (shown(field.default), field.description) for name, field in fields.items()
    }
    assert list(documented) == [f"COLOPHON_{name.upper()}" for name in fields], "in the order of the code"


def test_every_setting_of_the_blog_is_documented_with_its_default() -> None:
    documented = {name: default for name, (default, _) in ROWS.items() if not name.startswith("COLOPHON_")}
    assert documented == {name: str(value) for name, value in vars(Blog()).items() if name != "uid"}


def test_no_other_variable_is_spoken_of() -> None:
    spoken_of = set(re.findall(r"COLOPHON_[A-Z_]+", TEXT))
    assert spoken_of == {f"COLOPHON_{name.upper()}" for name in Settings.model_fields}
