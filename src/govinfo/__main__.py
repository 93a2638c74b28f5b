"""``python -m govinfo`` is the ``govinfo`` command."""

from govinfo.cli import main

if __name__ == "__main__":
    main()
