"""Marks that are stored beside words: whose a text is, what it is filed under, and how long ago it was begun.

None can be typed: no word contains the dot.
"""

# Exponents of the sizes of stretches: 512, 4,096, 32,768, 262,144 things that were begun one after the other.
STRETCHES = (9, 12, 15, 18)
STRETCH = "·w"


def of_title(word: str) -> str:
    """Marks a text that has this word in its title."""
    return f"··{word}"


def of_tag(tag_id: int) -> str:
    """Marks a post with this tag."""
    return f"·t{tag_id}"


def of_user(user_id: int) -> str:
    """Marks what this person wrote."""
    return f"·a{user_id}"


def of_stretch(bits: int, number: int) -> str:
    """Marks everything whose key lies in this stretch."""
    return f"{STRETCH}{bits}·{number}"


def of_key(key: int) -> list[str]:
    """The marks of the stretches in which a key lies."""
    return [of_stretch(bits, key >> bits) for bits in STRETCHES]
