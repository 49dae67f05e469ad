"""From HTTP requests to calls, from answers to bytes."""

import hmac
import json
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qsl

from starlette.requests import Request

from wallboard.simulator.request_log import ApiCall

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"

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
    return ApiCall(
        method=request.path_params["method"],
        path=request.url.path,
        verb=request.method,
        content_type=content_type,
        query=dict(request.query_params),
        body=_body(content_type, await request.body()),
        authorization=request.headers.get("authorization"),
        client=(request.client.host, request.client.port) if request.client else None,
    )


def _body(content_type: str, raw: bytes) -> dict[str, Any]:
    try:
        if content_type == FORM:
            return dict(parse_qsl(raw.decode(), keep_blank_values=True))
        value = json.loads(raw) if content_type == JSON else {}
    except (ValueError, RecursionError):
        return {}
    return value if isinstance(value, dict) else {}
