"""Comments at their places."""

from itertools import count

from tests.support.clock import BEGINNING
from web.comments.shown import Comment
from web.comments.threads import arrange


def comments(*rows: tuple[int, int | None, str]) -> list[Comment]:
    return [Comment(number, parent, None, state, BEGINNING) for number, parent, state in rows]


def places(*rows: tuple[int, int | None, str], with_pending: bool = False) -> dict[int, tuple[int, int | None]]:
    """Level and number of what it stands under, by number."""
    entries = arrange(comments(*rows), with_pending=with_pending)
    return {number: (entry.level, entry.under and entry.under.comment.id) for number, entry in entries.items()}


def test_answers_stand_under_what_they_answer() -> None:
    rows = [(1, None, "approved"), (2, 1, "approved"), (3, None, "approved"), (4, 1, "approved"), (5, 2, "approved")]
    assert places(*rows) == {1: (1, None), 2: (2, 1), 3: (1, None), 4: (2, 1), 5: (3, 2)}
    assert [entry.comment.id for entry in arrange(comments(*rows), with_pending=False)[1].replies] == [2, 4]


def test_the_last_level_holds_all_that_is_deeper() -> None:
    rows = [(1, None, "approved"), *((number, number - 1, "approved") for number in range(2, 8))]
    assert places(*rows) == {1: (1, None), 2: (2, 1), 3: (3, 2), 4: (4, 3), 5: (4, 3), 6: (4, 3), 7: (4, 3)}
    entries = arrange(comments(*rows), with_pending=False)
    assert [entry.answered and entry.answered.id for entry in entries.values()] == [None, 1, 2, 3, 4, 5, 6]


def test_a_very_deep_discussion_is_no_burden() -> None:
    numbers = count(2)
    rows = [
        (1, None, "approved"),
        *((number, number - 1, "approved") for number in (next(numbers) for _ in range(5000))),
    ]
    assert len(places(*rows)) == 5001


def test_what_nobody_sees_is_left_out_unless_it_is_answered() -> None:
    rows = [
        (1, None, "deleted"),
        (2, 1, "rejected"),
        (3, 2, "deleted"),
        (4, 3, "approved"),
        (5, None, "deleted"),
        (6, 5, "pending"),
        (7, None, "pending"),
    ]
    assert list(places(*rows)) == [1, 2, 3, 4]
    assert list(places(*rows, with_pending=True)) == [1, 2, 3, 4, 5, 6, 7]
    entries = arrange(comments(*rows), with_pending=False)
    assert [entry.is_visible for entry in entries.values()] == [False, False, False, True]


def test_a_hidden_place_below_the_last_level_stays_for_its_answers() -> None:
    rows = [(1, None, "approved"), (2, 1, "approved"), (3, 2, "approved"), (4, 3, "deleted"), (5, 4, "approved")]
    assert places(*rows)[4] == places(*rows)[5] == (4, 3)
    assert 4 not in places(*rows[:-1])
