"""Who signed the certificate that was refused: a content filter's name tells a person what to do."""

import ssl
from collections.abc import Iterator

import anyio
from anyio.streams.tls import TLSAttribute

_WAIT_SECONDS = 2.0
_ORGANIZATION = bytes.fromhex("55040a")
_COMMON_NAME = bytes.fromhex("550403")
_VERSION = 0xA0


async def issuer_shown_by(host: str, port: int) -> str:
    """The issuer's organization or name, by asking for the certificate again and sending nothing; "" if unknown."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    try:
        with anyio.fail_after(_WAIT_SECONDS):
            stream = await anyio.connect_tcp(host, port, ssl_context=context, tls_standard_compatible=False)
            async with stream:
                certificate = stream.extra(TLSAttribute.peer_certificate_binary)  # noqa: S610 - no database here
    except (OSError, anyio.BrokenResourceError, anyio.EndOfStream):
        return ""
    return issuer(certificate or b"")


def issuer(certificate: bytes) -> str:
    """The issuer's organization, else its common name, of a certificate in DER; "" of anything else."""
    try:
        body = next(_parts(next(_parts(certificate))[1]))[1]
        # version (optional), serial number, signature, issuer
        fields = [value for tag, value in _parts(body) if tag != _VERSION]
        names = dict(_names(fields[2]))
    except (IndexError, StopIteration, ValueError):
        return ""
    return names.get(_ORGANIZATION) or names.get(_COMMON_NAME, "")


def _names(name: bytes) -> Iterator[tuple[bytes, str]]:
    for _, group in _parts(name):
        for _, attribute in _parts(group):
            (_, kind), (tag, value) = _parts(attribute)
            yield kind, value.decode("utf-16-be" if tag == 0x1E else "utf-8", "replace")


def _parts(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Tag and content of each element of a DER sequence."""
    at = 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1], at + 2
        if length & 0x80:
            size = length & 0x7F
            length, at = int.from_bytes(data[at : at + size], "big"), at + size
        yield tag, data[at : at + length]
        at += length
