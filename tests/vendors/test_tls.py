"""Certificates: a wrong one is refused with who issued it, the right one of a content filter can be named."""

import asyncio
import ssl
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import trustme
from hypothesis import example, given
from hypothesis import strategies as st

from tests.vendors.accounts import closing, fault_of, fixture, part_of, yemot_account
from tests.vendors.fault_server import answer, fault_server
from wallboard.domain.faults import FaultCode
from wallboard.language.words import fault_remedy, fault_words
from wallboard.vendors.certificate import issuer

CERTIFICATE = trustme.CA(organization_name="Example filter").cert_pem.bytes().decode()
GOOD = answer(fixture("yemot/GetQueueRealTime.answer"))


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA(organization_name="סינון לדוגמה")


@pytest.fixture
def ca_file(authority: trustme.CA, tmp_path: Path) -> str:
    path = tmp_path / "ca.pem"
    authority.cert_pem.write_to_path(str(path))
    return str(path)


def serving(certificate: trustme.LeafCert) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    certificate.configure_cert(context)
    return context


async def test_an_unknown_authority_is_refused_by_name(authority: trustme.CA) -> None:
    async with fault_server(serving(authority.issue_cert("127.0.0.1")), good=GOOD) as server:
        account = yemot_account(server.url("good"))
        async with closing(account):
            fault = await fault_of(account.feeds[0])
        assert (fault.code, fault.host) == (FaultCode.TLS, f"127.0.0.1:{server.port}")
        assert "unable to get local issuer certificate" in fault.words
        assert "issuer: סינון לדוגמה" in fault.words
        assert fault_words(fault) == f"certificate of {fault.host} by סינון לדוגמה: set ca_file"
        assert not server.requests


async def test_its_ca_file_makes_it_known(authority: trustme.CA, ca_file: str) -> None:
    async with fault_server(serving(authority.issue_cert("127.0.0.1")), good=GOOD) as server:
        account = yemot_account(server.url("good"), ca_file=ca_file)
        async with closing(account):
            assert (await part_of(account.feeds[0])).queues
            assert (await part_of(account.feeds[0])).queues
        assert server.connections == 1


async def test_an_expired_certificate_is_refused(authority: trustme.CA, ca_file: str) -> None:
    yesterday = datetime.now(UTC) - timedelta(days=1)
    certificate = authority.issue_cert("127.0.0.1", not_after=yesterday)
    async with fault_server(serving(certificate), good=GOOD) as server:
        account = yemot_account(server.url("good"), ca_file=ca_file)
        async with closing(account):
            fault = await fault_of(account.feeds[0])
        assert fault.code is FaultCode.TLS
        assert "certificate has expired" in fault.words
        assert fault_words(fault).endswith(": expired")


async def test_a_certificate_of_another_host_is_refused(authority: trustme.CA, ca_file: str) -> None:
    async with fault_server(serving(authority.issue_cert("other.example")), good=GOOD) as server:
        account = yemot_account(server.url("good"), ca_file=ca_file)
        async with closing(account):
            fault = await fault_of(account.feeds[0])
        assert fault.code is FaultCode.TLS
        assert "IP address mismatch" in fault.words
        assert fault_words(fault).endswith(": wrong host")


@pytest.mark.parametrize(
    ("greeting", "code"),
    [
        (b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n", FaultCode.PROTOCOL),
        (b"220 mail.example ESMTP ready\r\n", FaultCode.PROTOCOL),
        (b"\x15\x03\x03\x00\x02\x02\x28", FaultCode.PROTOCOL),  # TLS alert: handshake failure
        (b"", FaultCode.NETWORK),
    ],
)
async def test_where_no_certificate_was_shown_none_is_refused(greeting: bytes, code: FaultCode) -> None:
    async def greet(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(4_096)
        writer.write(greeting)
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1")
    async with server:
        port = server.sockets[0].getsockname()[1]
        account = yemot_account(f"https://127.0.0.1:{port}/")
        async with closing(account):
            fault = await fault_of(account.feeds[0])
    assert (fault.code, fault.host) == (code, f"127.0.0.1:{port}")
    assert "ca_file" not in fault_remedy(fault, "yemot")


async def test_keys_are_not_logged(
    authority: trustme.CA, ca_file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with fault_server(serving(authority.issue_cert("127.0.0.1")), good=GOOD) as server:
        monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
        account = yemot_account(server.url("good"), ca_file=ca_file)
        async with closing(account):
            await part_of(account.feeds[0])
    assert not (tmp_path / "keys").exists()


@given(st.binary())
@example(b"\x30\x82")
@example(b"\x30\x03\x30\x01\x00")
@example(b"\x30\x0c\x30\x0a\x02\x00\x30\x00\x30\x04\x31\x02\x30\x00")
def test_what_is_no_certificate_does_no_harm(certificate: bytes) -> None:
    assert isinstance(issuer(certificate), str)


@given(st.data())
def test_nor_does_a_damaged_one(data: st.DataObject) -> None:
    whole = ssl.PEM_cert_to_DER_cert(CERTIFICATE)
    damaged = bytearray(whole)
    damaged[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    assert isinstance(issuer(bytes(damaged)), str)
    assert isinstance(issuer(whole[: data.draw(st.integers(0, len(whole)))]), str)
    assert issuer(whole) == "Example filter"
