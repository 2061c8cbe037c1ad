"""What a postcode fills in: the one town that it stands for at once, of several the one that the clerk chooses below the field."""

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from denkidesk.desk.postcodes import DIGITS, addresses_of
from denkidesk.domain.typed_numbers import clean_digits
from denkidesk.jobs.job import LaneName
from denkidesk.jobs.latest import LatestJob
from denkidesk.texts import customers as texts
from denkidesk.ui.apply.editors import LineEditor
from denkidesk.ui.context import UiContext
from denkidesk.ui.parts.boxes import VBox
from denkidesk.ui.parts.hits import Hits
from denkidesk.ui.parts.plain import PlainLabel
from denkidesk.ui.parts.theme import SPACE_XS


class Towns(QWidget):
    """Stands below a postcode's editor; hidden while it has nothing to say. ``found``: an address to put in.

    Looks when the last digit is typed. An address that the clerk typed stays: the town is only told. ``address``: what stands there now.
    """

    found = Signal(str)

    def __init__(self, context: UiContext, editor: LineEditor, address: Callable[[], str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._editor = editor
        self._address = address
        self._addresses: tuple[str, ...] = ()
        self._filled = ""  # what was put in last, and may give way
        self._job = LatestJob(context.jobs, self, self._on_found, context.notices.failure)
        self.hits = Hits(texts.TOWNS, texts.TOWN_HEADINGS, (1.0,), editor, self)
        self.note = PlainLabel("", self, tone="muted", scale=0.9, wrap=True)
        VBox(self, margins=0, spacing=SPACE_XS).add(self.hits, self.note)
        self._show((), "")
        editor.textEdited.connect(self._on_edited)
        self.hits.picked.connect(self._pick)

    def stop(self) -> None:
        """Gives the look up."""
        self._job.cancel()

    def _on_edited(self, text: str) -> None:
        self._show((), "")
        if len(clean_digits(text)) == DIGITS:
            self._job.run(LaneName.WORK, addresses_of, text)
        else:
            self._job.cancel()

    def _on_found(self, addresses: tuple[str, ...]) -> None:
        if not addresses:
            self._show((), texts.NO_TOWN)
        elif self._address().strip() not in ("", self._filled):
            self._show((), texts.TOWN_KNOWN.format(postcode=self._editor.text().strip(), address="、".join(addresses)))
        elif len(addresses) == 1:
            self._fill(addresses[0])
        else:
            self._show(addresses, texts.CHOOSE_TOWN)

    def _pick(self, row: int) -> None:
        self._fill(self._addresses[row])
        self._editor.advanced.emit()

    def _fill(self, address: str) -> None:
        self._show((), "")
        self._filled = address
        self.found.emit(address)

    def _show(self, addresses: tuple[str, ...], note: str) -> None:
        self._addresses = addresses
        self.hits.show_rows([(address,) for address in addresses])
        self.note.setText(note)
        self.note.setVisible(bool(note))
        self.setVisible(bool(addresses or note))
