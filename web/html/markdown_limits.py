"""Bounds for what no person writes, so that no text keeps the renderer busy or overflows its stack."""

# Blocks within blocks, and brackets within brackets. Blocks that are nested deeper are not shown.
NESTING_LIMIT = 40
# Each opening bracket may begin a link, which takes up to half a millisecond to find out.
BRACKET_LIMIT = 30_000


def has_too_many_brackets(text: str) -> bool:
    """Whether a text has more brackets than any list of links, so that looking for links would take long."""
    return text.count("[") > BRACKET_LIMIT
