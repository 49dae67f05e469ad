"""`python -m tests.bench [--quick] [--only PART] [--json FILE]`, or `--table` for the README's."""

import argparse
import json
import sys
import time
from pathlib import Path

from tests.bench.report import LAST, as_markdown, as_text, document, kept
from tests.bench.rows import PARTS, QUICK, WHOLE, Row


def main() -> int:
    """Run the parts, show their rows as they come, write the file; 1 where a gate is not kept."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="once each and shortly, for a look")
    parser.add_argument("--only", choices=PARTS, action="append", help="this part; may be given again")
    parser.add_argument("--json", type=Path, metavar="FILE", help=f"where to write; of a whole run {LAST.name}")
    parser.add_argument("--table", action="store_true", help="show the last run's table as the README has it")
    chosen = parser.parse_args()
    if chosen.table:
        print(as_markdown(kept()))
        return 0
    began = time.monotonic()
    parts: dict[str, list[Row]] = {}
    for name in chosen.only or PARTS:
        print(f"{name} …", file=sys.stderr, flush=True)
        parts[name] = list(PARTS[name](QUICK if chosen.quick else WHOLE))
        print(as_text(parts[name]), flush=True)
        print(f"{name}: {time.monotonic() - began:.0f} s so far", file=sys.stderr, flush=True)
    told = document(parts, is_quick=chosen.quick, seconds=time.monotonic() - began)
    is_whole = not chosen.quick and not chosen.only
    if path := chosen.json or (LAST if is_whole else None):
        path.write_text(json.dumps(told, ensure_ascii=False, indent=2) + "\n", "utf-8")
    failed = [row.what for rows in parts.values() for row in rows if row.verdict == "FAIL"]
    print(f"{len(failed)} gates are not kept" if failed else "all gates are kept")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
