"""All that can be done with the chosen rows, in one table: the foot of the pane, the rows' menu, the menu bar and the keys follow it."""

from enum import StrEnum
from typing import Final

from denkidesk.domain.values import dataclass
from denkidesk.texts import inbox_acts as words
from denkidesk.texts import shortcuts
from denkidesk.texts.shortcuts import Shortcut


class RowAct(StrEnum):
    """What is wished for the chosen rows."""

    FOLLOW_ON = "follow_on"
    SUMMARY = "summary"
    NOTE = "note"
    FETCH = "fetch"
    FOLLOW_UP = "follow_up"
    MORE = "more"
    TAG = "tag"
    MARK = "mark"
    MARK_ALL = "mark_all"
    COPY_NUMBER = "copy_number"
    EXPORT = "export"
    PRINT = "print"


@dataclass(frozen=True, slots=True)
class ActLine:
    """One act: its word, its letter in a menu, its key, its icon."""

    act: RowAct
    word: str
    letter: str
    shortcut: Shortcut
    icon: str = ""


ACTS: Final = (
    ActLine(RowAct.FOLLOW_ON, words.FOLLOW_ON, "R", shortcuts.FOLLOW_ON, "file-plus"),
    ActLine(RowAct.SUMMARY, words.SUMMARY, "C", shortcuts.SUMMARY, "copy"),
    ActLine(RowAct.NOTE, words.NOTE, "M", shortcuts.NOTE, "note"),
    ActLine(RowAct.FETCH, words.FETCH, "F", shortcuts.FETCH_STATUS, "refresh"),
    ActLine(RowAct.FOLLOW_UP, words.FOLLOW_UP, "D", shortcuts.FOLLOW_UP, "calendar"),
    ActLine(RowAct.MORE, words.MORE, "", shortcuts.MORE_ACTS),
    ActLine(RowAct.TAG, words.TAG, "L", shortcuts.TAG),
    ActLine(RowAct.MARK, words.MARK, "U", shortcuts.MARK, "mail-open"),
    ActLine(RowAct.MARK_ALL, words.MARK_ALL, "A", shortcuts.MARK_ALL),
    ActLine(RowAct.COPY_NUMBER, words.COPY_NUMBER, "N", shortcuts.COPY_RECEIPT, "copy"),
    ActLine(RowAct.EXPORT, words.EXPORT, "E", shortcuts.EXPORT, "save"),
    ActLine(RowAct.PRINT, words.PRINT, "P", shortcuts.PRINT, "print"),
)
FOOT: Final = ACTS[:6]
MENU: Final = tuple(line for line in ACTS if line.act is not RowAct.MORE)
