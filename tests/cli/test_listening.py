import socket

import pytest
from click import ClickException

from web.cli.listening import address_of, listen


def test_a_socket_listens_where_it_is_told_to() -> None:
    with listen("127.0.0.1", 0) as listening:
        port = listening.getsockname()[1]
        assert address_of(listening) == f"http://127.0.0.1:{port}"
        socket.create_connection(("127.0.0.1", port)).close()


def test_the_address_of_a_socket_that_listens_everywhere_can_be_opened() -> None:
    with listen("0.0.0.0", 0) as listening:
        assert address_of(listening) == f"http://127.0.0.1:{listening.getsockname()[1]}"


@pytest.mark.skipif(not socket.has_ipv6, reason="this machine speaks no IPv6")
@pytest.mark.parametrize("host", ["::", "::1"])
def test_addresses_of_the_sixth_version_stand_in_brackets(host: str) -> None:
    try:
        listening = listen(host, 0)
    except ClickException:
        pytest.skip("IPv6 is switched off on this machine")
    with listening:
        assert address_of(listening) == f"http://[::1]:{listening.getsockname()[1]}"


def test_a_port_that_is_taken() -> None:
    with listen("127.0.0.1", 0) as first, pytest.raises(ClickException, match="something else listens there"):
        listen("127.0.0.1", first.getsockname()[1])


def test_a_name_that_means_nothing() -> None:
    with pytest.raises(ClickException, match=r"Cannot listen on nowhere\.invalid port 0"):
        listen("nowhere.invalid", 0)


def test_an_address_of_another_machine() -> None:
    with pytest.raises(ClickException, match="this machine has no such address"):
        listen("192.0.2.1", 0)
