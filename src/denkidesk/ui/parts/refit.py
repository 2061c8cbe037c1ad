"""A widget that lays its parts out anew whenever it has another size: one run at a time."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget


class Refitted:
    """Before the widget's own class: ``class Page(Refitted, QWidget)``. Who derives from it says in ``_fit`` what its size means.

    To show or hide a part from within a ``resizeEvent`` can resize the widget again before the first run is through: the inner run would
    lay the parts out for the new size, and the rest of the outer one for the old. An inner one is put off until the outer is through,
    and happens once: what two runs do not settle would go on for ever.
    """

    _is_fitting = _is_fit_due = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size."""
        assert isinstance(self, QWidget)  # noqa: S101 - see above
        super().resizeEvent(event)  # type: ignore[misc]
        self.refit()

    def refit(self) -> None:
        """Lays the parts out, at once unless that is being done already."""
        self._is_fit_due = True
        if self._is_fitting:
            return
        self._is_fitting = True
        try:
            for _run in range(2):
                if self._is_fit_due:
                    self._is_fit_due = False
                    self._fit()
        finally:
            self._is_fitting = self._is_fit_due = False

    def _fit(self) -> None:
        raise NotImplementedError


def size_when_shown(widget: QWidget) -> QSize:
    """The size of a widget; of one that is hidden with what it stands in the room there is for it, which it will fill at the most."""
    around = widget
    while not around.isVisible() and (parent := around.parentWidget()) is not None:
        around = parent
    return around.size()
