"""From HTTP requests to calls, from answers to bytes."""

import hmac
import json
import re
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from wallboard.simulator.request_log import ApiCall, Upload

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"

_BOUNDARY = re.compile(r'boundary="?([^";]+)')
_DISPOSITION = re.compile(r'\b(name|filename)="([^"]*)"')

_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Reply:
    """What is sent back."""

    body: bytes
    status: int = 200
    content_type: str = "application/json; charset=utf-8"


def encode(value: object) -> bytes:
    """JSON as the vendors write it: UTF-8, no blanks; half a surrogate pair, echoed, stays an escape."""
    return _ENCODER.encode(value).encode(errors="backslashreplace")


def same_secret(given: object, secret: str) -> bool:
    """Compare what a client sent with a secret, whatever was sent."""
    return hmac.compare_digest(str(given).encode(errors="backslashreplace"), secret.encode())


async def read_call(request: Request) -> ApiCall:
    """Read a request; a body that is not what it says it is counts as empty."""
    content_type = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    body = _body(content_type, request.headers.get("content-type", ""), await request.body())
    return ApiCall(
        method=request.path_params["method"],
        path=request.url.path,
        verb=request.method,
        content_type=content_type,
        query=dict(request.query_params),
        body=body if isinstance(body, dict) else {},
        authorization=request.headers.get("authorization"),
        client=(request.client.host, request.client.port) if request.client else None,
        rows=body if isinstance(body, list) else (),
    )


def _body(content_type: str, header: str, raw: bytes) -> Any:
    try:
        if content_type == MULTIPART:
            return _parts(header, raw)
        if content_type == FORM:
            return dict(parse_qsl(raw.decode(), keep_blank_values=True))
        return json.loads(raw) if content_type == JSON else {}
    except (ValueError, RecursionError):
        return {}


def _parts(header: str, raw: bytes) -> dict[str, Any]:
    """The fields of a multipart body; what has a file's name is a file."""
    boundary = _BOUNDARY.search(header)
    fields: dict[str, Any] = {}
    for part in raw.split(f"--{boundary[1]}".encode())[1:-1] if boundary else []:
        head, _, content = part.removeprefix(b"\r\n").removesuffix(b"\r\n").partition(b"\r\n\r\n")
        told = dict(_DISPOSITION.findall(head.decode(errors="replace")))
        if "name" in told:
            file = told.get("filename")
            fields[told["name"]] = content.decode(errors="replace") if file is None else Upload(file, content)
    return fields
