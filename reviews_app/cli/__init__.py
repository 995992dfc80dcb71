"""The commands of the site: arguments in, words out."""

from flask import Flask

from reviews_app.cli.catalogue import catalogue


def register(app: Flask) -> None:
    """Give the app its commands: `flask catalogue …`."""
    app.cli.add_command(catalogue)
