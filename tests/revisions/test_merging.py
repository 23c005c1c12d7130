import pytest
from hypothesis import given
from hypothesis import strategies as st

from web.revisions.merging import Clash, Piece, merge_lists, merge_texts, merge_values

BASE = "One.\n\nTwo.\n\nThree."


def text(pieces: list[Piece]) -> str:
    assert all(isinstance(piece, str) for piece in pieces), pieces
    return "".join(map(str, pieces))


@pytest.mark.parametrize(
    ("mine", "theirs", "merged"),
    [
        (BASE, BASE, BASE),
        ("One!\n\nTwo.\n\nThree.", BASE, "One!\n\nTwo.\n\nThree."),
        (BASE, "One.\n\nThree.", "One.\n\nThree."),
        ("One!\n\nTwo.\n\nThree.", "One.\n\nTwo.\n\nThree!", "One!\n\nTwo.\n\nThree!"),
        ("One!\n\nTwo.\n\nThree.", "One.\n\nTwo!\n\nThree.", "One!\n\nTwo!\n\nThree."),
        (
            "One.\n\nTwo.\n\nThree.\n\nFour.",
            "Zero.\n\nOne.\n\nTwo.\n\nThree.",
            "Zero.\n\nOne.\n\nTwo.\n\nThree.\n\nFour.",
        ),
        ("One.\n\nTwo.", "One!\n\nTwo.\n\nThree.", "One!\n\nTwo."),
        ("One!\n\nTwo.\n\nThree.", "One!\n\nTwo.\n\nThree?", "One!\n\nTwo.\n\nThree?"),
        ("One.\n\nTwo.\n\nThree.\n", "One!\n\nTwo.\n\nThree.", "One!\n\nTwo.\n\nThree.\n"),
        ("", BASE, ""),
    ],
)
def test_what_only_one_changed_or_both_alike_is_merged(mine: str, theirs: str, merged: str) -> None:
    assert text(merge_texts(BASE, mine, theirs)) == merged
    assert text(merge_texts(BASE, theirs, mine)) == merged


def test_lines_of_one_paragraph_are_merged_too() -> None:
    base = "* a\n* b\n* c\n* d"
    assert text(merge_texts(base, "* A\n* b\n* c\n* d", "* a\n* b\n* c\n* D")) == "* A\n* b\n* c\n* D"


def test_the_same_paragraph_changed_twice_is_a_clash_and_the_rest_is_not() -> None:
    found = merge_texts(BASE, "One.\n\nTwo, mine.\n\nThree.", "One!\n\nTwo, theirs.\n\nThree.")
    assert found == ["One!\n\n", Clash("Two.\n\n", "Two, mine.\n\n", "Two, theirs.\n\n"), "Three."]


def test_a_paragraph_removed_here_and_changed_there_is_a_clash() -> None:
    found = merge_texts(BASE, "One.\n\nTwo.", "One.\n\nTwo.\n\nThree, longer.")
    assert found == ["One.\n\nTwo.\n\n", Clash("Three.", "", "Three, longer.")]


def test_both_adding_at_the_same_place_is_a_clash() -> None:
    found = merge_texts("One.", "One.\n\nMine.", "One.\n\nTheirs.")
    assert found == ["One.\n\n", Clash("", "Mine.", "Theirs.")]


@pytest.mark.parametrize(
    ("changed", "inserted", "merged"),
    [
        ("One!", "One.\n\nNew.", "One!\n\nNew."),
        ("One!", "New.\n\nOne.", "New.\n\nOne!"),
        ("One!\n\nTwo!", "One.\n\nNew.\n\nTwo.", "One!\n\nNew.\n\nTwo!"),
        ("One!\n\nTwo.", "One.\n\nNew.\n\nNewer.\n\nTwo.", "One!\n\nNew.\n\nNewer.\n\nTwo."),
        ("One.\n\nTwo!", "One.\n\nNew.\n\nTwo.", "One.\n\nNew.\n\nTwo!"),
    ],
)
def test_one_inserts_beside_a_paragraph_that_another_changes(changed: str, inserted: str, merged: str) -> None:
    base = changed.replace("!", ".")
    assert text(merge_texts(base, changed, inserted)) == merged
    assert text(merge_texts(base, inserted, changed)) == merged


@pytest.mark.parametrize(
    ("mine", "theirs"),
    [("One!\n\nNew.", "One?"), ("One!\n\nNew.", "One.\n\nNewer."), ("New.", "One!\n\nNewer.")],
)
def test_what_has_no_place_of_its_own_is_a_clash(mine: str, theirs: str) -> None:
    assert merge_texts("One.", mine, theirs) == [Clash("One.", mine, theirs)]


def test_without_the_common_text_every_difference_is_a_clash() -> None:
    found = merge_texts(None, "Same.\n\nMine.\n\nEnd.", "Same.\n\nTheirs.\n\nEnd.")
    assert found == ["Same.\n\n", Clash("", "Mine.\n\n", "Theirs.\n\n"), "End."]


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged"),
    [("a", "a", "b", "b"), ("a", "b", "a", "b"), ("a", "b", "b", "b"), ("a", "b", "c", Clash("a", "b", "c"))],
)
def test_values_are_merged_whole(base: str, mine: str, theirs: str, merged: Piece) -> None:
    assert merge_values(base, mine, theirs) == merged


def test_lists_take_what_was_added_and_leave_what_was_removed() -> None:
    assert merge_lists(["a", "b", "c"], ["a", "c", "mine"], ["b", "c", "theirs", "a"]) == ["c", "theirs", "a", "mine"]


paragraph = st.lists(st.sampled_from(["ant", "bee", "cat"]), min_size=1, max_size=3).map("\n".join)
texts = st.lists(paragraph, max_size=6).map("\n\n".join)


def said(pieces: list[Piece]) -> str:
    return "\n".join(piece if isinstance(piece, str) else f"{piece.mine}\n{piece.theirs}" for piece in pieces)


def chosen(pieces: list[Piece], side: str) -> str:
    return "".join(piece if isinstance(piece, str) else getattr(piece, side) for piece in pieces)


@given(st.none() | texts, st.lists(st.uuids(version=4).map(str), min_size=2, max_size=2), texts, texts, st.data())
def test_nothing_that_any_side_wrote_is_absent(
    base: str | None, new: list[str], mine: str, theirs: str, data: st.DataObject
) -> None:
    places = [data.draw(st.integers(0, len(side))) for side in (mine, theirs)]
    mine, theirs = (side[:at] + word + side[at:] for side, at, word in zip((mine, theirs), places, new, strict=True))
    found = merge_texts(base, mine, theirs)
    assert all(word in said(found) for word in new)


@given(texts, texts)
def test_an_unchanged_side_gives_way_and_merging_twice_adds_nothing(base: str, changed: str) -> None:
    assert merge_texts(base, base, changed) == merge_texts(base, changed, base) == [changed]
    assert merge_texts(base, changed, changed) == [changed]


@given(texts, texts)
def test_without_the_common_text_each_side_can_be_had_whole(mine: str, theirs: str) -> None:
    found = merge_texts(None, mine, theirs)
    assert (chosen(found, "mine").rstrip("\n"), chosen(found, "theirs").rstrip("\n")) == (
        mine.rstrip("\n"), theirs.rstrip("\n"),
    )  # fmt: skip
