"""`flask catalogue import PATH` and `flask catalogue export DIR`."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from flask.cli import AppGroup

from reviews_app.catalogue import directory, exporter, importer
from reviews_app.catalogue.changes import Changes, Noted
from reviews_app.catalogue.folder import Faults
from reviews_app.catalogue.revision import raise_revision
from reviews_app.cli.progress import Progress
from reviews_app.db import DatabaseTrouble, db
from reviews_app.guidance import exporter as guidance_exporter
from reviews_app.guidance import importer as guidance_importer
from reviews_app.guidance.models import Grade, GradeMeaning
from reviews_app.reviews import exporter as reviews_exporter
from reviews_app.reviews import importer as reviews_importer
from reviews_app.scores import exporter as scores_exporter
from reviews_app.scores import importer as scores_importer

NAMES_PRINTED = 10

NOT_LISTED = (
    *("source", "desk review", "study", "contraindication", "red flag", "term", "question"),
    *("guide", "type text"),
)
"""What may change without changing any listing."""

catalogue = AppGroup("catalogue", help="Bring the catalogue in from files, or write it to files.")


@catalogue.command("import")
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, and change nothing.")
@click.option("--prune", is_flag=True, help="Retire products that are not in the folder.")
def import_(path: Path, dry_run: bool, prune: bool) -> None:
    """Import the seed folder PATH, or a bulk folder with products.jsonl and sources.jsonl.

    All or nothing: with anything wrong, every fault is named and nothing is stored.
    """
    faults = Faults()
    with _database_trouble_in_words():
        changes, left = _store(path, faults, prune=prune)
        if faults:
            db.session.rollback()
            _print_faults(faults)
            raise click.exceptions.Exit(1)
        if changes and not dry_run:
            number = raise_revision(_changed_ids(changes, scores_importer.score(changes)))
            db.session.commit()
            click.echo(f"Imported {path}: the catalogue is at revision {number}.")
        else:
            db.session.rollback()
    _print_changes(changes, path, dry_run=dry_run)
    if left and not prune:
        click.echo(f"Not in {path}, and kept (--prune retires them): {_listed(left)}.")


@catalogue.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
def export(folder: Path) -> None:
    """Write all that was imported as a seed folder to FOLDER, which must be new or empty."""
    try:
        if folder.exists() and any(folder.iterdir()):
            raise click.ClickException(f"{folder} is not empty; name a new folder.")
        folder.mkdir(parents=True, exist_ok=True)
        with _database_trouble_in_words():
            with Progress("Writing", exporter.product_count()) as progress:
                count = exporter.write(folder, progress)
            if db.session.get(GradeMeaning, Grade.STRONG.value) is not None:
                guidance_exporter.write(folder)
            scores_exporter.write(folder)
            reviews_exporter.write(folder)
    except OSError as error:
        raise click.ClickException(f"{folder} cannot be written: {error.strerror}.") from error
    click.echo(f"Wrote {_counted(count, 'product')} to {folder}.")


def _changed_ids(changes: Changes, rescored: list[int]) -> list[int] | None:
    """The products that changed, where a listing shows nothing else that did; None otherwise."""
    slugs = changes.products_only(beside=NOT_LISTED)
    return None if slugs is None else [*directory.product_ids(slugs), *rescored]


@contextmanager
def _database_trouble_in_words() -> Iterator[None]:
    try:
        yield
    except DatabaseTrouble as trouble:
        db.session.rollback()
        raise click.ClickException(
            f"The database said: {trouble.orig}. Nothing was stored. A new database wants"
            " `make seed` (or `flask db upgrade`) first; a busy one wants another try."
        ) from trouble


def _store(path: Path, faults: Faults, *, prune: bool) -> tuple[Changes, list[str]]:
    """Read, check and store, without committing; the changes, and which products left."""
    changes = Changes()
    folder = importer.find_folder(path, faults)
    if folder is None:
        return changes, []
    total = folder.product_count()
    with Progress("Reading", total) as progress:
        read = importer.read(folder, faults, progress)
    guidance = None
    if read is not None and _has_guidance(path):
        guidance = guidance_importer.read(path, read.known_ids(prune=prune), faults)
    methods = scores_importer.read(path, faults)
    reviews = reviews_importer.read(path, faults)
    if faults or read is None:
        return changes, []
    with Progress("Storing", total) as progress:
        changes.include(importer.store(read, faults, prune=prune, progress=progress))
    if guidance is not None and not faults:
        changes.include(guidance_importer.store(guidance))
    changes.include(importer.sweep(read, faults))
    if not faults:
        changes.include(scores_importer.store(methods, faults))
        changes.include(reviews_importer.store(reviews, faults))
    return changes, list(read.left)


def _has_guidance(path: Path) -> bool:
    return any((path / name).exists() for name in ("evidence", "types", "guides", "best"))


def _print_faults(faults: Faults) -> None:
    for fault in faults.shown:
        click.echo(str(fault), err=True)
    more = faults.total - len(faults.shown)
    if more:
        click.echo(f"… and {more} more.", err=True)
    click.echo(f"{_counted(faults.total, 'fault')}. Nothing was stored.", err=True)


def _print_changes(changes: Changes, path: Path, *, dry_run: bool) -> None:
    if not changes:
        click.echo(f"Nothing to change: the catalogue is as {path} says.")
        return
    verbs = (
        ("Would add", "Would change", "Would retire or remove")
        if dry_run
        else ("Added", "Changed", "Retired or removed")
    )
    for verb, noted in zip(verbs, (changes.added, changes.changed, changes.removed), strict=True):
        _print_noted(verb, noted)
    if dry_run:
        click.echo("A dry run: nothing was stored.")


def _print_noted(verb: str, noted: Noted) -> None:
    for kind, count in noted.counts.items():
        names = _listed(noted.names[kind], count)
        click.echo(f"{verb} {_counted(count, kind)}: {names}.")


def _counted(count: int, noun: str) -> str:
    plural = noun.removesuffix("y") + "ies" if noun.endswith("y") else f"{noun}s"
    return f"{count:,} {noun if count == 1 else plural}"


def _listed(names: list[str], count: int | None = None) -> str:
    total = len(names) if count is None else count
    shown = names[:NAMES_PRINTED]
    more = total - len(shown)
    return ", ".join(shown) + (f" and {more:,} more" if more else "")
