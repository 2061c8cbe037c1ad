"""What a form is made of."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

from denkidesk.domain.applications import ApplicationKind

CodeChoices = Mapping[str, Sequence[tuple[str, str]]]
"""The code tables of one kind of application: table name -> (code, label), in the order to offer. No table: any code will do."""


FURTHER: Final = "extra."
"""Before the path of a further item of the message, as the name of its field."""


class Editor(StrEnum):
    """How a field is filled in."""

    TEXT = "text"  # one line
    MULTILINE = "multiline"
    CHOICE = "choice"  # one code of a code table
    ANSWER = "answer"  # one of a few answers that are part of the form
    DATE = "date"  # typed, see forms.dates
    SUPPLY_POINT = "supply-point"  # 22 digits
    PHONE = "phone"
    POSTCODE = "postcode"
    DIGITS = "digits"  # a number with nothing but digits


@dataclass(frozen=True, slots=True)
class Field:
    """One item of a form. ``name`` is the item's own name, stable over bindings, command line and drafts.

    ``max_length`` counts characters (None: the editor bounds it). ``table``: the code table of a CHOICE. ``answers``: the codes of an
    ANSWER. ``note``: not one of the kind's main items; it goes out only where the installed message has a further item for it, and is the
    clerk's own note otherwise. ``label``: what the clerk reads, where the installed set names the item; else it has its words in
    ``texts``. ``derived``: it follows from other answers, and is asked only of a clerk who wants to overrule them. ``any_day``: a DATE that
    may be past, without a year the nearest such day; it stays as it was typed, so that 今日 is the day on which it is looked at.
    ``needless_with``: field and value; with any of them the field may be empty.
    """

    name: str
    editor: Editor = Editor.TEXT
    required: bool = True
    max_length: int | None = None
    table: str = ""
    answers: tuple[str, ...] = ()
    note: bool = False
    label: str = ""
    derived: bool = False
    any_day: bool = False
    needless_with: tuple[tuple[str, str], ...] = ()

    def beside(self, values: Mapping[str, str]) -> "Field":
        """The field as it is wanted while these values stand in the form."""
        needless = any(values.get(name) == value for name, value in self.needless_with)
        return replace(self, required=False) if needless else self

    @property
    def path(self) -> str:
        """Where in the message a further item goes; "" for an item that has a name of ours."""
        return self.name.removeprefix(FURTHER) if self.name.startswith(FURTHER) else ""


@dataclass(frozen=True, slots=True)
class Step:
    """Fields that are filled in together."""

    key: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """One kind of application as it is filled in, section by section."""

    kind: ApplicationKind
    steps: tuple[Step, ...]

    @property
    def fields(self) -> tuple[Field, ...]:
        """Every field in the order of filling in."""
        return tuple(field for step in self.steps for field in step.fields)

    @property
    def item_fields(self) -> tuple[Field, ...]:
        """The fields that are items of the message."""
        return tuple(field for field in self.fields if not field.note)

    def field(self, name: str) -> Field | None:
        return next((field for field in self.fields if field.name == name), None)

    def step_of(self, field_name: str) -> int | None:
        """The index of the step that holds a field."""
        return next((i for i, step in enumerate(self.steps) if any(f.name == field_name for f in step.fields)), None)
