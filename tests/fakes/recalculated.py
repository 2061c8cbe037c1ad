"""A workbook as other programs than ours calculate it: the PyPI package ``formulas``, and LibreOffice where it is installed."""

import contextlib
import csv
import io
import shutil
import subprocess
import warnings
from pathlib import Path
from typing import Any


def by_formulas(path: Path) -> dict[tuple[str, str], Any]:
    """Every cell with its value, by the sheet's name and its place: ("見積", "C14")."""
    with warnings.catch_warnings(), contextlib.redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")  # theirs
        import formulas

        solution = formulas.ExcelModel().loads(str(path)).finish().calculate()
    found = {}
    for name, ranges in solution.items():
        if not isinstance(name, str) or ":" in name.rpartition("!")[2]:
            continue
        book_and_sheet, _, place = name.rpartition("!")
        found[book_and_sheet.strip("'").rpartition("]")[2], place] = ranges.value[0, 0]
    return found


def office() -> str | None:
    """LibreOffice, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def front_by_office(path: Path, folder: Path) -> list[list[str]]:
    """The first sheet as LibreOffice calculates it, row by row."""
    program = office()
    assert program is not None
    subprocess.run(
        [
            program,
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            "--convert-to",
            "csv:Text - txt - csv (StarCalc):44,34,76",
            "--outdir",
            str(folder),
            str(path),
        ],
        check=True,
        capture_output=True,
        timeout=300,
    )
    return list(csv.reader((folder / path.with_suffix(".csv").name).read_text(encoding="utf-8").splitlines()))
