"""The tests' own guard: an attempt to reach the network fails."""

from __future__ import annotations

import socket

import pytest


@pytest.mark.parametrize("address", [("192.0.2.1", 80), ("2001:db8::1", 443)])
def test_sockets_cannot_leave_the_machine(address: tuple[str, int]):
    family = socket.AF_INET6 if ":" in address[0] else socket.AF_INET
    with socket.socket(family) as made, pytest.raises(AssertionError, match="no network"):
        made.connect(address)


def test_names_cannot_be_looked_up():
    with pytest.raises(AssertionError, match="no network"):
        socket.getaddrinfo("example.org", 80)
