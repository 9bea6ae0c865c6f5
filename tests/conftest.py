"""What all tests share: one loaded extractor, one with a parser that reads nothing, one browser, and no network."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from typing import Any

import pytest

from attribution import Extractor
from tests.chromium import ARGUMENTS, CHROMIUM
from tests.strategies import profiles
from torture.stub import StubParser

profiles.load()


@pytest.fixture(scope="session")
def extractor() -> Extractor:
    """The extractor over the bundled model, on one thread."""
    import torch

    torch.set_num_threads(1)
    return Extractor()


@pytest.fixture(scope="session")
def linear() -> Extractor:
    """An extractor whose parser gives empty trees, so that every rule goes by the order of the words."""
    return Extractor(StubParser())


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """One Chromium, for a second in one process is refused; only tests that LEFT_OUT does not skip may ask for it."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        chromium = play.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(scope="session", autouse=True)
def _no_network():
    """Every attempt to reach another machine fails; sockets of this machine's own (AF_UNIX, pairs) still work."""
    patch = pytest.MonkeyPatch()
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))
    patch.setattr(socket, "getaddrinfo", _refused)
    yield
    patch.undo()


class NetworkUsedError(AssertionError):
    """A test, or what it tests, tried to reach the network."""


def _refused(*address: Any, **_: Any) -> Any:
    raise NetworkUsedError(f"the tests use no network, yet {address[:2]} was asked for")


def _guarded(connect: Any) -> Any:
    def guarded(self: socket.socket, address: Any) -> Any:
        local = self.family == socket.AF_UNIX or (isinstance(address, tuple) and address[0] in ("127.0.0.1", "::1"))
        return connect(self, address) if local else _refused(address)

    return guarded
