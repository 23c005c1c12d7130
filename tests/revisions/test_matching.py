"""What two sequences have in common is found, however long they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from web.revisions.matching import matches
from web.revisions.merging import Clash, merge_texts

LISTS = some.lists(some.sampled_from("abcdefgh"), max_size=30)


@given(LISTS, LISTS, some.sampled_from([0, 5, 50, 10**9]))
def test_runs_are_equal_and_ascending(first: list[str], second: list[str], most_pairs: int) -> None:
    a = b = 0
    for f, s, length in matches(first, second, most_pairs):
        assert first[f : f + length] == second[s : s + length]
        assert (f >= a, s >= b, length > 0) == (True, True, True)
        a, b = f + length, s + length
    assert (a <= len(first), b <= len(second)) == (True, True)


@given(LISTS, LISTS)
def test_with_few_pairs_none_is_longer(first: list[str], second: list[str]) -> None:
    best = [[0] * (len(second) + 1) for _ in range(len(first) + 1)]
    for i, one in enumerate(first):
        for j, other in enumerate(second):
            best[i + 1][j + 1] = best[i][j] + 1 if one == other else max(best[i][j + 1], best[i + 1][j])
    assert sum(match.length for match in matches(first, second)) == best[-1][-1]


@given(some.permutations(range(40)), some.permutations(range(40)))
def test_beyond_the_bound_what_stands_once_is_found_in_the_longest_order(first: list[int], second: list[int]) -> None:
    here, there = [str(n) for n in first], [str(n) for n in second]
    expected = sum(match.length for match in matches(here, there))
    assert sum(match.length for match in matches(here, there, most_pairs=1)) == expected


@pytest.mark.parametrize("count", [20_000, 40_000])
def test_a_text_of_many_paragraphs_that_both_changed_is_merged(count: int) -> None:
    paragraphs = [f"Paragraph {number}." for number in range(count)]
    mine = ["Mine.", *paragraphs[:-1], "My end."]
    theirs = ["Theirs first.", *paragraphs]
    theirs[count // 2] = "Theirs."
    pieces = merge_texts(*("\n\n".join(text) for text in (paragraphs, mine, theirs)))
    clashes = [piece for piece in pieces if isinstance(piece, Clash)]
    # Both wrote at the very beginning: that alone has to be decided.
    assert [(clash.mine, clash.theirs) for clash in clashes] == [("Mine.\n\n", "Theirs first.\n\n")]
    text = "".join(piece for piece in pieces if isinstance(piece, str))
    assert "Theirs.\n\n" in text
    assert text.endswith("My end.")
