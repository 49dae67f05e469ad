"""A program that logs so many lines, in a log that turns over early: `logging_child.py NAME COUNT BYTES`."""

import logging
import sys

from wallboard.config import logs
from wallboard.config.redaction import RedactingFilter

if __name__ == "__main__":
    name, count = sys.argv[1], int(sys.argv[2])
    logs.LOG_BYTES, logs.LOG_FILES = int(sys.argv[3]), 1_000
    logs.open_log("info", RedactingFilter())
    print("ready", flush=True)
    sys.stdin.readline()  # so that all begin together
    for number in range(count):
        logging.getLogger("wallboard").info("%s %d %s", name, number, "x" * (number % 200))
    sys.exit(logs.trouble() or 0)
