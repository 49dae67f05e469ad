"""A new configuration: what was answered, and every other setting as a comment to take up."""

from collections.abc import Mapping, Sequence
from typing import Any

from wallboard.config.toml import toml_value

_HEAD = """\
# The configuration of wallboard. It holds secrets: nobody but you may read it (chmod 600).
# `wallboard check` tries it, `wallboard run` shows the board. What is commented out stands at its default.

[board]
# theme = "night"              # `wallboard themes list` names them
# language = "auto"            # auto | en | he
# text_direction = "auto"      # auto | visual | logical | words | off: who turns Hebrew round, see `wallboard terminal`
# ui_direction = "auto"        # auto | rtl | ltr: the layout; by default the language's own
# read_only = false            # true: no action keys at all
# mask_phones = false          # true: phones are hidden but for their last digits
# operator = "dana"            # who acts, in the audit; by default the login name
# lock_after_minutes = 10      # so long without a key, and acting takes the PIN; by default never

[actions]
# confirm = "always"           # always | dangerous: a single action is not asked about, but waits 5 s with undo
# pin_hash = "scrypt:…"        # made by `wallboard config pin`

[wall]                         # TV mode: `w`, or --wall from the command line
# page_seconds = 20            # so long each page is shown
# message = ""                 # a line for the floor
# allow_quit = false           # true: q leaves a board that was started with --wall

[thresholds]                   # a queue may have its own: thresholds = { … }
# longest_wait_seconds = { warn = 60, breach = 120 }
# waiting = { warn = 3, breach = 6 }
# paused_seconds = { warn = 600, breach = 900 }

[agents]                       # names for agents of whom the vendor knows only a number
# "0500000001" = "Dana Levi"

[keys]                         # action = keys, in place of the default; `?` on the board names the actions
# refresh = "r"
"""

_REST = {
    "yemot": """\
# base_url = "https://www.call2all.co.il/ym/api/"
# poll_seconds = 5
# max_requests_per_second = 10
# transfer_to = ["/1", { path = "/9", name = "Mailbox" }]
# proxy = "http://proxy.example:3128"
# ca_file = "filter.pem"         # certificate of a content filter such as NetFree
""",
    "voicenter": """\
# monitor_url = "https://monapisec.voicenter.co.il/comet/API/"
# extensions_url = "https://monitor.voicenter.co.il/Comet/api/"
# dialer_url = "https://api.voicenter.com/ForwardDialer/Dialer/"
# time_zone = "Asia/Jerusalem"
# poll_seconds = 5
# campaign_poll_seconds = 30
# queues = [{ id = 12345678, name = "Support", hide = false }]
# max_requests_per_second = 10
# proxy = "http://proxy.example:3128"
# ca_file = "filter.pem"         # certificate of a content filter such as NetFree
""",
}
_COMMENTS = {
    "token": "or token_env, token_file, token_command",
    "code": "or code_env, code_file, code_command",
    "dialer_code": "where GetCampaignList takes another code",
    "queues": 'or with a name: { path = "/1", name = "Support" }',
}


def new_configuration(sources: Sequence[Mapping[str, Any]]) -> str:
    """The text of a configuration with these `[[source]]` tables."""
    return _HEAD + "".join(_source(source) for source in sources)


def _source(source: Mapping[str, Any]) -> str:
    lines = ["", "[[source]]"]
    for key, value in source.items():
        comment = f"  # {_COMMENTS[key]}" if key in _COMMENTS else ""
        lines.append(f"{key} = {toml_value(value)}{comment}")
    rest = [line for line in _REST[source["kind"]].splitlines() if line.removeprefix("# ").split(" ")[0] not in source]
    return "\n".join([*lines, *rest, ""])
