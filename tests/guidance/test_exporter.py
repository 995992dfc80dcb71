"""Writing guidance back: import, export, import is the identity."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviews_app.guidance import exporter, importer
from tests.guidance.conftest import FRONT, put, sound

pytestmark = pytest.mark.usefixtures("database")


def test_what_is_written_reads_as_what_was_read(folder: Path, tmp_path: Path) -> None:
    guidance = sound(folder)
    importer.store(guidance)
    exporter.write(tmp_path / "out")
    assert sound(tmp_path / "out") == guidance
    assert not importer.store(sound(tmp_path / "out"))


def test_what_is_written_twice_is_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    importer.store(sound(folder))
    exporter.write(tmp_path / "one")
    importer.store(sound(tmp_path / "one"))
    exporter.write(tmp_path / "two")
    assert files(tmp_path / "one") == files(tmp_path / "two")


def test_the_text_of_an_article_is_not_touched(folder: Path, tmp_path: Path) -> None:
    body = "\n\n  ## Odd  spaces\t\nand *marks*   \n\n\n- one\n-   two\n\nno line end"
    put(folder / "guides" / "odd.md", FRONT + body)
    importer.store(sound(folder))
    exporter.write(tmp_path / "out")
    assert (tmp_path / "out" / "guides" / "odd.md").read_text() == FRONT + body


def test_words_with_quotes_backslashes_and_line_ends_survive(folder: Path, tmp_path: Path) -> None:
    path = folder / "evidence" / "questions.toml"
    path.write_text(
        path.read_text().replace('"A little."', "'''A \"little\" \\ é\n\n# and so on'''")
    )
    importer.store(sound(folder))
    exporter.write(tmp_path / "out")
    assert sound(tmp_path / "out").questions[0].answer == 'A "little" \\ é\n\n# and so on'


def test_an_export_says_what_each_file_is_for(folder: Path, tmp_path: Path) -> None:
    importer.store(sound(folder))
    exporter.write(tmp_path / "out")
    text = (tmp_path / "out" / "evidence" / "claims.toml").read_text()
    assert text.startswith("# Checkable statements")


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its bytes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }
