"""What people typed does not reach the log through a database error."""

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from web.database import Database


def test_an_error_does_not_repeat_what_was_sent(database: Database) -> None:
    with pytest.raises(DBAPIError) as caught, database.session() as session:
        session.execute(text("SELECT :secret FROM nothing"), {"secret": "somebody@example.org"})
    assert "somebody@example.org" not in str(caught.value)
