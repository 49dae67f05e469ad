"""How a method of Voicenter's dialer is declared in few words."""

from collections.abc import Mapping
from typing import Any

from wallboard.domain.faults import Fault, FaultCode, VendorFault
from wallboard.vendors.answer_fields import fields
from wallboard.vendors.method import Envelope, Method, Pace, PlainAnswer, Verb
from wallboard.vendors.parameter import Parameter, required
from wallboard.vendors.wire import whole_number

DIALER = "dialer_url"
GET_OR_JSON = (Verb.GET, Verb.POST_JSON)
CAMPAIGN = required("Campaign", is_secret=True)  # its code alone authorises
CODE_KEYS = ("ErrorCode",)
STATUS = """
    ErrorCode    integer
    Description  string
"""


def dialer(
    name: str,
    description: str,
    *parameters: Parameter,
    codes: Mapping[int, str],
    answer: str = "",
    is_mutating: bool = False,
    verbs: tuple[Verb, ...] = GET_OR_JSON,
    envelope: Envelope | None = None,
    **more: Any,
) -> Method[PlainAnswer]:
    """A method about one campaign that a person calls; the campaign's code goes without saying.

    Args:
        codes: what `ErrorCode` means in this method.
        answer: the table of its answer's fields, besides code and description.
        envelope: another than the code's.
        more: what else `Method` takes.
    """
    return Method(
        name=name,
        description=description,
        base=DIALER,
        verbs=verbs,
        parameters=(CAMPAIGN, *parameters),
        answer=PlainAnswer,
        envelope=envelope or check_code(codes, is_mutating=is_mutating),
        pace=Pace.ON_DEMAND,
        is_mutating=is_mutating,
        code_keys=CODE_KEYS,
        codes=codes,
        fields=fields(STATUS + answer),
        **more,
    )


def check_code(codes: Mapping[int, str], *, is_mutating: bool) -> Envelope:
    """A code that the method's document does not tell leaves open what was done."""

    def check(document: dict[str, Any], host: str) -> None:
        code, said = whole_number(document.get("ErrorCode")), document.get("Description")
        if code == 0:
            return
        words = said.strip() if isinstance(said, str) else ""
        if code is None:
            raise VendorFault(Fault(FaultCode.BAD_SHAPE, host, words=words, lacking="ErrorCode"))
        if is_mutating and code not in codes:
            raise VendorFault(Fault(FaultCode.BAD_SHAPE, host, words=words, lacking="a documented ErrorCode"))
        raise VendorFault(Fault(FaultCode.VENDOR, host, words=words or codes.get(code, f"ErrorCode {code}")))

    return check
