"""Knows how the site is put together, and nothing else."""

from flask import Flask
from flask_compress import Compress
from flask_migrate import Migrate

from reviews_app import api, cli, web
from reviews_app.config import INSTANCE, ROOT, Config
from reviews_app.db import db
from reviews_app.web import kept


def create_app(config: Config | None = None) -> Flask:
    """The site, ready to serve; its settings are those of the environment unless given.

    Raises WrongSetting when the environment holds a value that cannot be used.
    """
    config = config or Config.from_env()
    app = Flask(
        __name__,
        instance_path=str(INSTANCE),
        template_folder=ROOT / "templates",
        static_folder=ROOT / "static",
    )
    app.config.from_mapping(config.as_flask())
    db.init_app(app)
    Migrate(app, db, directory=str(ROOT / "reviews_app" / "migrations"))
    # First in, last out: answers are kept as they are sent, compressed; entity tags are made
    # from the page, not from its compressed bytes.
    kept.register(app)
    Compress(app)
    web.register(app)
    api.register(app)
    cli.register(app)
    return app
