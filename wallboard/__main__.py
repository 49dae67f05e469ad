"""The program's way in."""

import gc

# What is loaded stays, and a large floor makes many objects that die young: cycles are looked for less often.
THRESHOLDS = 50_000, 20, 50


def main() -> None:
    """Run the program; nothing of it is loaded before."""
    gc.set_threshold(*THRESHOLDS)
    from wallboard.cli.app import main as run

    run()


if __name__ == "__main__":
    main()
