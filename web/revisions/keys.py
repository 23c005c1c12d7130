"""Numbers of rows, as they come in addresses."""

# No database counts further.
MOST_DIGITS = 18


def read_key(text: str) -> int | None:
    """The number that a text stands for; None for anything else."""
    is_key = text.isascii() and text.isdecimal() and len(text) <= MOST_DIGITS
    return int(text) if is_key else None
