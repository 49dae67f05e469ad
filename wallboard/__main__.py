"""The program's way in."""

from wallboard.cli.app import main

if __name__ == "__main__":
    main()
