"""The program's way in."""

import gc

THRESHOLDS = 50_000, 20, 50  # of the collector, while things are loaded, which stay


def main() -> None:
    """Run the program; nothing of it is loaded before."""
    gc.set_threshold(*THRESHOLDS)
    from wallboard.cli.app import main as run

    run()


if __name__ == "__main__":
    main()
