import pytest

from web.database.wal import PAGE_BYTES, without_header


@pytest.mark.parametrize(
    ("position", "expected"),
    [
        (5 * PAGE_BYTES, 5 * PAGE_BYTES),
        (5 * PAGE_BYTES + 24, 5 * PAGE_BYTES),
        (5 * PAGE_BYTES + 40, 5 * PAGE_BYTES),
        (5 * PAGE_BYTES + 32, 5 * PAGE_BYTES + 32),
        (5 * PAGE_BYTES - 8, 5 * PAGE_BYTES - 8),
        (0, 0),
    ],
)
def test_the_header_of_an_empty_page_is_nothing_that_was_written(position: int, expected: int) -> None:
    assert without_header(position) == expected
