"""The commands of the site: arguments in, words out."""

from flask import Flask

from reviews_app.cli.accounts import accounts
from reviews_app.cli.catalogue import catalogue
from reviews_app.cli.mail import mail
from reviews_app.cli.reviews import reviews


def register(app: Flask) -> None:
    """Give the app its commands: `flask catalogue …`, `flask accounts …` and so on."""
    for group in (catalogue, accounts, mail, reviews):
        app.cli.add_command(group)
