"""Usage files of a command line, with the options that settle what they leave open."""

import argparse
from pathlib import Path

from denkidesk.cli.output import say
from denkidesk.desk.usage_files import import_usage
from denkidesk.domain.errors import FieldFault, InputRefused
from denkidesk.domain.fault_codes import InputCode
from denkidesk.domain.usage import GapRule, ImportedUsage, UsageChoices
from denkidesk.texts import cli as texts
from denkidesk.texts.errors import note_line

_GAP_RULES = {"refuse": GapRule.STOP, "mean": GapRule.DAY_CLASS_MEAN, "zero": GapRule.ZERO}


def gap_rule_of(arguments: argparse.Namespace, faults: list[FieldFault]) -> GapRule:
    """The rule that ``--gaps`` names."""
    if arguments.gaps not in _GAP_RULES:
        faults.append(FieldFault("gaps", InputCode.CHOICE))
    return _GAP_RULES.get(arguments.gaps, GapRule.STOP)


def read_usage(arguments: argparse.Namespace) -> ImportedUsage:
    """All files joined, gaps still in them."""
    year = arguments.year
    if year is not None and not (year.isascii() and year.isdigit() and len(year) == 4):
        raise InputRefused.of("year", InputCode.OUT_OF_RANGE, value=year[:40])
    choices = UsageChoices(
        unit=arguments.unit,
        column=arguments.column,
        supply_point=arguments.supply_point,
        sheet=arguments.sheet,
        register=arguments.register,
        year=None if year is None else int(year),
        newest_year=arguments.newest_year,
        accept_values=arguments.accept_values,
    )
    return import_usage([Path(name) for name in arguments.usage], choices)


def say_notes(imported: ImportedUsage) -> None:
    """What the reader noticed."""
    for note in imported.notes:
        say(texts.IMPORT_NOTE.format(note=note_line(note)))
