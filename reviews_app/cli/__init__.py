"""Nothing here yet."""

from flask import Flask


def register(app: Flask) -> None:
    """`app`, as it was."""
