"""Which databases tests run on, and marks for those that make sense, or are worth their time, on some only."""

import pytest

from tests.support.mariadb import VARIABLE, is_wanted

DIALECTS = ["sqlite", "postgresql", *(["mariadb"] if is_wanted() else [])]

on_sqlite = pytest.mark.parametrize("database", ["sqlite"], indirect=True)
on_postgresql = pytest.mark.parametrize("database", ["postgresql"], indirect=True)
needs_mariadb = pytest.mark.skipif(not is_wanted(), reason=f"{VARIABLE} names no server")
on_mariadb = pytest.mark.parametrize("database", [pytest.param("mariadb", marks=needs_mariadb)], indirect=True)
# Those that say what other processes commit, so that pages can be kept.
where_pages_are_kept = pytest.mark.parametrize("database", ["sqlite", "postgresql"], indirect=True)
# Each database that is a server, with connections that can be cut.
on_servers = pytest.mark.parametrize("database", DIALECTS[1:], indirect=True)
