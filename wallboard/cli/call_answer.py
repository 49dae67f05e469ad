"""What a call brought: the answer for stdout, and in words what became of it."""

import base64
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer

from wallboard.assembly.orders import Order
from wallboard.cli.common import ExitCode
from wallboard.cli.polls import exit_code
from wallboard.domain.actions import Outcome, Result
from wallboard.engine.audit.log import harmless
from wallboard.language.outcomes import outcome_words
from wallboard.language.words import fault_remedy, fault_words
from wallboard.vendors.answer_fields import masked
from wallboard.vendors.calling import MethodAnswer

# Where to see whether something was done of which nobody knows.
LOOK_AT = {
    "yemot.QueueManagement": "yemot.GetQueueRealTime",
    "yemot.SetSecondaryDidUsageDescription": "yemot.GetCustomerData",
    "yemot.PirsumPhoneManagement": "yemot.PirsumPhoneManagement action=GetRegistrationStatus",
    "yemot.RunTzintuk": "the units in yemot.GetCustomerData",
    "yemot.SendSms": "yemot.GetCustomerSmsTransactions",
    "yemot.SendTTS": "the units in yemot.GetCustomerData",
    "yemot.CreateBridgeCall": "the units in yemot.GetCustomerData",
    "yemot.SendFax": "the units in yemot.GetCustomerData",
    "yemot.ValidationCallerId": "callerIds in yemot.GetCustomerData",
    "yemot.TzintukimListManagement": "yemot.TzintukimListManagement action=getLogList",
    "yemot.CreateTask": "yemot.GetTasks",
    "yemot.UpdateTask": "yemot.GetTasksData",
    "yemot.DeleteTask": "yemot.GetTasks",
    "yemot.CreateSipAccount": "yemot.GetSipAccountsInCustomer",
    "yemot.SipToWss": "yemot.GetSipAccountsInCustomer",
    "yemot.SipToUdp": "yemot.GetSipAccountsInCustomer",
    "yemot.EditCallerIdInSipAccount": "yemot.GetSipAccountsInCustomer",
    "yemot.DeleteSipAccount": "yemot.GetSipAccountsInCustomer",
    "yemot.SipExtensionManagement": "yemot.SipExtensionManagement SipExtensionManagement=Get",
    "voicenter.StartCampaign": "voicenter.GetCampaignDetails",
    "voicenter.StopCampaign": "voicenter.GetCampaignDetails",
    "voicenter.AddMember": "voicenter.GetMembersList",
    "voicenter.RemoveMember": "voicenter.GetMembersList",
    "voicenter.SmartDialerSettings": "the campaign in CPanel",
    "voicenter.AddCall": "voicenter.GetCampaignPendingCalls",
    "voicenter.AddCallsBulk": "voicenter.GetCampaignPendingCalls",
    "voicenter.UpdateCall": "voicenter.GetCampaignPendingCalls",
    "voicenter.RemoveCall": "voicenter.GetCampaignPendingCalls",
    "voicenter.ClearCampaignCalls": "voicenter.GetCampaignPendingCalls",
}

# A wrong code is answered as an account without extensions is.
_EXTENSIONS_OF = frozenset({"voicenter.GetExtensions", "voicenter.GetExtensionsCalls"})
_TEXT_CONTROLS = frozenset("\t\r\n")
_INDENT = 2


@dataclass(frozen=True, slots=True)
class Shown:
    """An answer as it is asked to be seen."""

    wanted: Order
    answer: MethodAnswer
    has_secrets: bool
    is_json: bool
    out: Path | None

    @property
    def is_consequential(self) -> bool:
        """Whether what was sent changes something or costs."""
        return self.wanted.is_consequential

    def write(self) -> ExitCode:
        """Put it where it belongs; how the command ends."""
        code = exit_code_of(self.answer.outcome)
        content = self.answer.content
        is_kept = content is None or self.out is None or _kept(self.out, content)
        if self.is_json:
            _print(self._record())
        elif self.answer.document is not None:
            _print(self._document())
        elif content is not None and self.out is None:
            is_kept = _printed(content)
        sys.stdout.flush()
        return code if is_kept else max(code, ExitCode.FAULT)

    def remarks(self) -> Iterator[str]:
        """What is to be said besides, a line each."""
        outcome, vendor = self.answer.outcome, self.wanted.source.kind
        if not self.has_secrets and self._document() != self.answer.document:
            yield "Secrets in the answer are masked; --show-secrets shows them."
        if self.out is not None and self.answer.content is None:
            yield f"{self.out}: not written, for the answer is not a file."
        if outcome.result is not Result.OK:
            words = outcome_words(outcome) if self.is_consequential else reply_words(outcome)
            yield "; ".join(filter(None, [f"{self.wanted.name}: {words}", self._partly(), self.answer.remark]))
        elif self.is_consequential:
            notes = "; ".join(filter(None, [outcome.words, self._partly(), self.answer.remark]))
            yield f"{self.wanted.name}: done" + (f" ({notes})" if notes else "")
        elif self._is_suspect():
            yield f"{self.wanted.name}: vendor says 0 extensions; a wrong code looks the same"
        if self.is_consequential and outcome.result is Result.UNKNOWN:
            place = LOOK_AT.get(self.wanted.name, "the vendor's own site")
            yield f"It may have been done, and is never sent again by itself. Before you do, look: {place}."
        elif outcome.fault is not None and (outcome.result is not Result.REFUSED or outcome.fault.needs_person):
            yield fault_remedy(outcome.fault, vendor)

    def _partly(self) -> str:
        return f"it was done to {self.answer.done}" if self.answer.done else ""

    def _is_suspect(self) -> bool:
        document = {key.strip(): value for key, value in (self.answer.document or {}).items()}
        return self.wanted.name in _EXTENSIONS_OF and not document.get("EXTENSIONS")

    def _document(self) -> dict[str, Any] | None:
        if self.answer.document is None or self.has_secrets:
            return self.answer.document
        declared = self.wanted.method.answer_fields(self.wanted.given.values)
        hidden: dict[str, Any] = masked(self.answer.document, declared, self.answer.secrets)
        return hidden

    def _record(self) -> dict[str, Any]:
        outcome, content = self.answer.outcome, self.answer.content
        words = outcome.words or (self.answer.remark if outcome.result is Result.OK else outcome_words(outcome))
        return {
            "method": self.wanted.name,
            "source": self.wanted.source.name,
            "outcome": outcome.result.value,
            "vendor_code": outcome.vendor_code or None,
            "words": words or None,
            "done": self.answer.done or None,
            "answer": self._document(),
            "media_type": self.answer.media_type or None,
            "content": None if content is None or self.out is not None else base64.b64encode(content).decode(),
        }


def exit_code_of(outcome: Outcome) -> ExitCode:
    """0 only where the vendor says that all is well; 3 where it refused a secret."""
    code = exit_code([outcome.fault])
    return code if outcome.result is Result.OK else max(code, ExitCode.FAULT)


def reply_words(outcome: Outcome) -> str:
    """Why a question has no good answer."""
    if outcome.fault is None:
        return outcome.words or outcome.result.value
    words, lacking = fault_words(outcome.fault), outcome.fault.lacking
    said = f" It says: {outcome.words}." if outcome.words and outcome.words not in words else ""
    return f"{words}: {lacking}.{said}" if lacking else f"{words}.{said}"


def _print(document: Any) -> None:
    # Hebrew as it is where the output can carry it; escaped, which means the same, where it cannot.
    is_unicode = "utf" in (sys.stdout.encoding or "").lower()
    typer.echo(harmless(json.dumps(document, ensure_ascii=not is_unicode, indent=_INDENT)))


def _kept(path: Path, content: bytes) -> bool:
    try:
        path.write_bytes(content)
    except OSError as error:
        typer.echo(f"{path}: the answer came, and cannot be written there: {error.strerror}", err=True)
        return False
    typer.echo(f"{path}: {len(content):,} bytes", err=True)
    return True


def _printed(content: bytes) -> bool:
    """Bytes as they came; on a terminal only what commands none."""
    if sys.stdout.isatty() and not _is_harmless(content):
        typer.echo("The answer holds what a terminal should not be sent: give --out FILE, or redirect it.", err=True)
        return False
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    return True


def _is_harmless(content: bytes) -> bool:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return harmless(text) == text and not any(ord(c) < ord(" ") and c not in _TEXT_CONTROLS for c in text)
