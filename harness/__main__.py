"""`python -m harness` is `vahness`."""

from harness.cli import main

if __name__ == "__main__":
    main()
