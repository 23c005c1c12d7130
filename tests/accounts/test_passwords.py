import time

import anyio
import pytest

from tests.support.passwords import LOW_COST, PASSWORD
from web.accounts.passwords import Passwords


@pytest.fixture(scope="module")
def passwords() -> Passwords:
    return Passwords(**LOW_COST)


def test_the_default_is_argon2id_with_nineteen_mebibytes_and_two_passes() -> None:
    assert Passwords().hash(PASSWORD).startswith("$argon2id$v=19$m=19456,t=2,p=1$")


def test_the_same_password_has_another_hash_each_time(passwords: Passwords) -> None:
    assert passwords.hash(PASSWORD) != passwords.hash(PASSWORD)


def test_only_the_right_password_is_right(passwords: Passwords) -> None:
    stored = passwords.hash(PASSWORD)
    assert passwords.verify(PASSWORD, stored) == (True, None)
    assert passwords.verify(PASSWORD + " ", stored) == (False, None)


def test_nobody_has_a_right_password(passwords: Passwords) -> None:
    assert passwords.verify(PASSWORD, None) == (False, None)
    assert passwords.verify("nobody has this password", None) == (False, None)


def test_nobody_s_password_takes_as_long_as_a_wrong_one() -> None:
    # Dear enough to be measured. The time of the processor, because others may use this machine.
    passwords = Passwords(memory_kib=8_192, rounds=2)
    stored = passwords.hash(PASSWORD)

    def seconds(stored: str | None) -> float:
        started = time.thread_time()
        passwords.verify("wrong", stored)
        return time.thread_time() - started

    known, unknown = min(seconds(stored) for _ in range(5)), min(seconds(None) for _ in range(5))
    assert 0.5 < unknown / known < 2


def test_accents_may_be_typed_in_one_piece_or_in_two(passwords: Passwords) -> None:
    stored = passwords.hash("caf\u00e9 caf\u00e9 caf\u00e9")
    assert passwords.verify("cafe\u0301 cafe\u0301 cafe\u0301", stored) == (True, None)


def test_a_hash_of_other_cost_is_made_anew(passwords: Passwords) -> None:
    stored = passwords.hash(PASSWORD)
    dearer = Passwords(memory_kib=16, rounds=2)
    is_right, new_hash = dearer.verify(PASSWORD, stored)
    assert is_right
    assert new_hash is not None
    assert "m=16,t=2" in new_hash
    assert dearer.verify(PASSWORD, new_hash) == (True, None)


def test_a_wrong_password_makes_no_new_hash(passwords: Passwords) -> None:
    assert Passwords(memory_kib=16, rounds=2).verify("wrong", passwords.hash(PASSWORD)) == (False, None)


def test_hashing_aside_lets_the_event_loop_go_on() -> None:
    slow = Passwords(memory_kib=32_768, rounds=2)
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await anyio.sleep(0.001)
            ticks += 1

    async def hash_and_verify() -> None:
        async with anyio.create_task_group() as group:
            group.start_soon(tick)
            stored = await slow.hash_aside(PASSWORD)
            assert await slow.verify_aside(PASSWORD, stored) == (True, None)
            group.cancel_scope.cancel()

    anyio.run(hash_and_verify)
    assert ticks > 10
