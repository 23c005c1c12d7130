"""Texts with words as frequent as in a language: the second half as often as the first, the third a third as often."""

from itertools import accumulate, product
from random import Random

SYLLABLES = "ba ce di fo gu la me ni po ru sa te vi zo ka".split()
WORDS = 20_000
PARAGRAPHS = 3
WORDS_IN_A_PARAGRAPH = 30


def vocabulary() -> list[str]:
    """Words of two to four syllables, the commonest first; no language's, so that no search leaves them out."""
    short, long = product(SYLLABLES, repeat=2), product(SYLLABLES, repeat=4)
    words = ["".join(syllables) for syllables in short]
    return [*words, *("".join(syllables) for _, syllables in zip(range(WORDS - len(words)), long, strict=False))]


VOCABULARY = vocabulary()
COMMONEST = VOCABULARY[0]
FREQUENCIES = list(accumulate(1 / rank for rank in range(1, WORDS + 1)))


def pick(random: Random, number: int) -> list[str]:
    """So many words, by chance, as often as their rank says."""
    return random.choices(VOCABULARY, cum_weights=FREQUENCIES, k=number)


def paragraphs(random: Random) -> list[str]:
    """The paragraphs of a post, plain words that Markdown leaves as they are."""
    words = pick(random, PARAGRAPHS * WORDS_IN_A_PARAGRAPH)
    parts = (words[start : start + WORDS_IN_A_PARAGRAPH] for start in range(0, len(words), WORDS_IN_A_PARAGRAPH))
    return [" ".join(part).capitalize() + "." for part in parts]


def title(random: Random) -> str:
    """Five words."""
    return " ".join(pick(random, 5)).capitalize()
