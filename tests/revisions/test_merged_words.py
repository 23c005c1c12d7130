"""All the words of a post, brought together; what would be too much for a field is for somebody to decide."""

from web.models.post import BODY_LIMIT
from web.models.tag import MAX_TAGS
from web.revisions.merged_words import merge_words
from web.revisions.merging import Clash
from web.revisions.words import Words

HALF = "x" * (BODY_LIMIT // 2)
BASE = Words("T", "Middle.", ["a"])


def tags(name: str, count: int) -> list[str]:
    return [f"{name}{number}" for number in range(count)]


def test_two_long_texts_that_fit_only_alone_clash_as_wholes() -> None:
    mine, theirs = f"{HALF}\n\nMiddle.", f"Middle.\n\n{HALF}"
    merged = merge_words(BASE, Words("T", mine, ["a"]), Words("T", theirs, ["a"]))
    assert merged.pieces["body"] == [Clash("Middle.", mine, theirs)]
    assert merged.words({"body-0": mine}).body == mine


def test_texts_that_fit_together_are_merged_up_to_the_limit() -> None:
    rest = BODY_LIMIT - len(HALF) - len("\n\nMiddle.\n\n")
    theirs = "Middle.\n\n" + "y" * rest
    merged = merge_words(BASE, Words("T", f"{HALF}\n\nMiddle."), Words("T", theirs))
    assert merged.is_clean
    assert len(merged.words().body) == BODY_LIMIT


def test_more_tags_than_a_post_can_have_are_decided_about() -> None:
    mine, theirs = ["a", *tags("mine", 10)], ["a", *tags("theirs", 10)]
    merged = merge_words(BASE, Words("T", "Middle.", mine), Words("T", "Middle.", theirs))
    (place,) = merged.places
    assert (place.name, place.is_line, place.clash.base) == ("tags-0", True, "a")
    assert merged.words({"tags-0": place.clash.mine}).tags == mine
    fitting = merge_words(BASE, Words("T", "Middle.", mine), Words("T", "Middle.", theirs[:-1]))
    assert len(fitting.words().tags) == MAX_TAGS
