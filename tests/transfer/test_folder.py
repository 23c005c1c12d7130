"""Which files are posts."""

from pathlib import Path

import pytest

from web.transfer.folder import find_post_files


def test_markdown_files_are_found_everywhere_and_sorted(tmp_path: Path) -> None:
    for name in (
        "b.md",
        "a.markdown",
        "sub/deep/C.MD",
        "x.txt",
        ".hidden.md",
        ".git/d.md",
        "LICENSE.md.txt",
        "dir.md/e.md",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    found = [str(path.relative_to(tmp_path)) for path in find_post_files(tmp_path)]
    assert found == ["a.markdown", "b.md", "dir.md/e.md", "sub/deep/C.MD"]


def test_a_folder_below_a_hidden_one_may_be_asked_for(tmp_path: Path) -> None:
    folder = tmp_path / ".posts"
    folder.mkdir()
    (folder / "a.md").touch()
    assert len(find_post_files(folder)) == 1


@pytest.mark.parametrize("name", ["nowhere", "file.md"])
def test_what_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    (tmp_path / "file.md").touch()
    with pytest.raises(NotADirectoryError):
        find_post_files(tmp_path / name)
