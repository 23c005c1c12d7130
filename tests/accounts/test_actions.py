import pytest
from sqlalchemy.exc import IntegrityError

from tests.support.clock import BEGINNING
from tests.support.factories import Make
from tests.support.reading import Read
from web.accounts import actions
from web.accounts.actions import Browser, LastOwnerError, NewAccount, OwnerExistsError, TakenError
from web.database import Database
from web.models.login_session import LoginSession
from web.models.user import Role, User

ADA = NewAccount("Ada", "Ada@Example.org", None)


def test_who_is_taken_does_not_spoil_the_rest_of_the_work(database: Database, make: Make, read: Read) -> None:
    make.user("ada")
    with database.session() as session:
        with pytest.raises(TakenError) as error:
            actions.create_account(session, ADA, Role.READER, BEGINNING)
        assert error.value.fields == {"username", "email"}
        actions.create_account(session, NewAccount("Bob", "bob@example.org", None), Role.READER, BEGINNING)
    assert [user.username for user in read.all(User)] == ["ada", "bob"]


def test_another_violation_is_not_taken_for_a_taken_name(database: Database, read: Read) -> None:
    with pytest.raises(IntegrityError), database.session() as session:
        actions.create_account(session, ADA, "emperor", BEGINNING)  # type: ignore[arg-type]
    assert read.count(User) == 0


def test_there_is_one_first_owner(database: Database) -> None:
    with database.session() as session:
        actions.create_first_owner(session, ADA, BEGINNING)
        with pytest.raises(OwnerExistsError):
            actions.create_first_owner(session, NewAccount("Bob", "bob@example.org", None), BEGINNING)


def test_the_last_owner_keeps_the_role(database: Database, make: Make, read: Read) -> None:
    ada = make.user("ada", role="owner")
    with database.session() as session:
        found = session.get_one(User, ada.id)
        with pytest.raises(LastOwnerError):
            actions.change_role(session, found, Role.EDITOR)
        actions.change_role(session, found, Role.OWNER)
        actions.create_account(session, NewAccount("Bob", "bob@example.org", None), Role.OWNER, BEGINNING)
        actions.change_role(session, found, Role.EDITOR)
    assert [user.role_lookup_code for user in read.all(User)] == ["editor", "owner"]


def test_a_token_is_long_and_new_each_time(database: Database, make: Make, read: Read) -> None:
    ada = make.user("ada")
    with database.session() as session:
        found = session.get_one(User, ada.id)
        tokens = {actions.start_session(session, found, Browser("x" * 999, "y" * 99), BEGINNING) for _ in range(5)}
    assert len(tokens) == 5
    assert all(token.startswith(f"{ada.id}.") and len(token.partition(".")[2]) == 43 for token in tokens)
    stored = read.all(LoginSession)
    assert {row.token_hash for row in stored} == {LoginSession.hash_of(token) for token in tokens}
    assert (stored[0].user_agent, stored[0].address) == ("x" * 300, "y" * 45)


def test_a_changed_password_without_a_session_ends_all(database: Database, make: Make, read: Read) -> None:
    ada = make.user("ada")
    with database.session() as session:
        found = session.get_one(User, ada.id)
        actions.start_session(session, found, Browser("", ""), BEGINNING)
        assert actions.change_password(session, found, "hash") is None
        actions.start_session(session, found, Browser("", ""), BEGINNING)
        assert actions.change_password(session, found, "hash", keep=999) is None
    assert read.count(LoginSession) == 0
