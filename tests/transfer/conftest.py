"""Files for imports to read."""

from pathlib import Path

import pytest

from tests.transfer.files import Write


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file and says where."""

    def write_file(content: str | bytes, name: str = "2017-01-19-some-post.md") -> Path:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return write_file
