from collections import Counter
from time import process_time

from hypothesis import given
from hypothesis import strategies as st

from web.revisions.differences import Row, Run, compare, compare_words


def test_changed_words_are_told_from_those_that_stay() -> None:
    assert compare_words("The quick brown fox.", "The slow brown fox!") == (
        Run("same", "The "), Run("removed", "quick"), Run("added", "slow"), Run("same", " brown fox"),
        Run("removed", "."), Run("added", "!"),
    )  # fmt: skip


def test_words_in_a_row_that_became_others_are_read_as_a_whole_and_lines_are_not() -> None:
    assert compare_words("It has a few plain words.", "It has a good many words.") == (
        Run("same", "It has a "), Run("removed", "few plain"), Run("added", "good many"), Run("same", " words."),
    )  # fmt: skip
    assert compare_words("- all of it, one\n- two stays", "- all of it, uno\n- 2 stays") == (
        Run("same", "- all of it, "), Run("removed", "one"), Run("added", "uno"), Run("same", "\n- "),
        Run("removed", "two"), Run("added", "2"), Run("same", " stays"),
    )  # fmt: skip


def test_paragraphs_with_little_in_common_are_shown_one_after_the_other() -> None:
    old, new = "Alpha beta gamma delta.", "Quite another thing, said at length!"
    assert compare_words(old, new) == (Run("removed", old), Run("added", new))


def test_stretches_without_a_change_become_gaps() -> None:
    old = [f"Paragraph {number}." for number in range(20)]
    new = [*old[:10], "Paragraph ten.", *old[11:]]
    rows = compare("\n\n".join(old), "\n\n".join(new))
    assert rows[0] == Row(skipped=9)
    assert rows[1] == Row((Run("same", "Paragraph 9."),))
    assert rows[2].is_changed
    assert rows[4:] == [Row(skipped=8)]


def test_added_and_removed_paragraphs() -> None:
    assert compare("a", "a\n\nb")[1].runs == (Run("added", "b"),)
    assert compare("a\n\nb", "a")[1].runs == (Run("removed", "b"),)


def test_equal_texts_have_no_change() -> None:
    assert not any(row.is_changed for row in compare("a\n\nb", "a\n\nb"))


text = st.lists(st.sampled_from(["one", "two, three", "  four\nfive"]), max_size=6).map("\n\n".join)


@given(text, text)
def test_both_texts_can_be_read_from_the_difference(old: str, new: str) -> None:
    rows = compare(old, new)
    for kind, whole in (("added", new), ("removed", old)):
        read = Counter(
            word for row in rows for run in row.runs if run.kind in ("same", kind) for word in run.text.split()
        )
        assert read <= Counter(whole.split())
        assert read == Counter(whole.split()) or any(row.skipped for row in rows)


def test_a_whole_book_is_compared_in_time() -> None:
    old = "\n\n".join(" ".join(f"w{n * m % 997}" for m in range(60)) for n in range(3000))
    started = process_time()
    compare(old, old.replace("w5 ", "w6 "))
    compare(old, " ".join(reversed(old.split())))
    assert process_time() - started < 20
