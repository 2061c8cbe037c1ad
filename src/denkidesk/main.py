"""The composition root: the only file that knows all rooms."""


def main() -> int:
    """Starts the desk, or one command of the command line."""
    return 0
