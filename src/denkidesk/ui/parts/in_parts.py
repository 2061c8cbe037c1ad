"""A widget that is built a part in each turn of the event loop, by whoever can wait for it, or whole."""

from collections.abc import Iterator


class InParts:
    """Before the widget's own class: ``class Page(InParts, QWidget)``. Nothing else is done with it before it is complete.

    It has a generator that builds it, with a ``yield`` behind each part that a turn may end with, and hands it to :meth:`begin`.
    """

    _unbuilt: Iterator[None]

    def begin(self, parts: Iterator[None], *, in_turns: bool) -> None:
        """Builds all of it now, or leaves that to the turns."""
        self._unbuilt = parts
        if not in_turns:
            self.complete()

    def build_next(self) -> bool:
        """Builds one more part, none of which takes long; whether there may be more to come."""
        for _part in self._unbuilt:
            return True
        return False

    def complete(self) -> None:
        """Builds what is not built yet."""
        while self.build_next():
            pass


def build_part(of: object) -> bool:
    """Builds one more part of a widget; whether there may be more to come. One that is no ``InParts`` stands already."""
    return isinstance(of, InParts) and of.build_next()
