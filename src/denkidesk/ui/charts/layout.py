"""Labels never lie on each other: what does not fit is said shorter, then smaller, then not at all. The table behind says it always.

Loaded with matplotlib, when the first picture is made.
"""

from collections.abc import Callable, Sequence
from typing import Final, cast

import numpy as np
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.legend import Legend
from matplotlib.patches import Patch, Rectangle
from matplotlib.text import Annotation, Text
from matplotlib.transforms import Bbox

_GAP_PX: Final = 1.0
_SMALLER_PT: Final = 6.5
_PLACE: Final = "place:"


class ClearLabels(ConstrainedLayoutEngine):
    """Lays a figure out, and leaves no two labels that overlap and none that is cut off.

    ``loose``: labels that are shortened (``shorter``) all together where one of them does not fit, then set smaller. ``nearer``: at what
    offset a label stands where the shortened ones before it are gone. ``rooms``: labels that each have to stand within a part of the
    picture, and give way by themselves. ``ends``: labels beside the ends of lines, which make room for each other. ``legend``: makes the
    legend with so many columns, of ``entries``.
    """

    def __init__(self) -> None:
        super().__init__()
        self.loose: list[Text] = []
        self.shorter: dict[Text, str] = {}
        self.nearer: dict[Annotation, float] = {}
        self.rooms: dict[Text, Patch] = {}
        self.ends: list[Annotation] = []
        self.legend: Callable[[int], Legend] | None = None
        self.entries = 0
        self._full: dict[Text, tuple[str, float]] = {}
        self._hidden: list[Text] = []
        self._is_near = False

    def execute(self, fig: Figure) -> None:
        """As the figure is now: it may have another size than the last time."""
        self._restore()
        self._as_it_is()
        super().execute(fig)
        for step in (None, self._shortened, self._small):
            # what is shorter or smaller fits where the longer stood: laying out again would double what a picture takes
            if step is not None:
                step()
                if self.nearer and step == self._shortened:
                    super().execute(fig)
            spread(self.ends)
            self._fit_rooms()
            labels = labels_of(fig)
            in_the_way = _in_the_way(fig, labels)
            if not in_the_way.any():
                return
        for label, is_in_the_way in zip(labels, in_the_way, strict=True):
            if is_in_the_way:
                self._hide(label)

    def _as_it_is(self) -> None:
        self._full = {label: (label.get_text(), cast("float", label.get_fontsize())) for label in (*self.loose, *self.rooms)}

    def _shortened(self) -> None:
        for label in self.loose:
            if label in self.shorter:
                label.set_text(self.shorter[label])
        self._swap_offsets()

    def _small(self) -> None:
        for label in self.loose:
            label.set_fontsize(min(_SMALLER_PT, cast("float", label.get_fontsize())))

    def _swap_offsets(self) -> None:
        for label, down in self.nearer.items():
            self.nearer[label], label.xyann = label.xyann[1], (label.xyann[0], down)
        self._is_near = not self._is_near

    def _fit_rooms(self) -> None:
        for label, room in self.rooms.items():
            words, size = self._full[label]
            label.set_visible(True)
            for shown, points in ((words, size), (self.shorter.get(label, words), size), (self.shorter.get(label, words), _SMALLER_PT)):
                label.set_text(shown)
                label.set_fontsize(points)
                if _stands_within(box_of(label), room.get_window_extent()):
                    break
            else:
                self._hide(label)

    def _hide(self, label: Text) -> None:
        label.set_visible(False)
        self._hidden.append(label)

    def _restore(self) -> None:
        for label, (words, size) in self._full.items():
            label.set_text(words)
            label.set_fontsize(size)
        for label in self._hidden:
            label.set_visible(True)
        self._hidden = []
        if self._is_near:
            self._swap_offsets()


def take_apart(artist: Artist) -> None:
    """Lets a figure, or a part that is taken out of it, go here and now: all its parts, thousands of objects, hold each other.

    Left to the collector, each picture would take the window's thread 3 to 5 ms: only there it may look for garbage.
    """
    for part in artist.findobj():
        vars(part).clear()


def fit_legend(figure: Figure) -> None:
    """Breaks the legend into lines that the figure is wide enough for. Before it is drawn: a figure that is drawn takes no other legend."""
    engine = figure.get_layout_engine()
    if not isinstance(engine, ClearLabels) or engine.legend is None:
        return
    for columns in range(engine.entries, 0, -1):
        for former in figure.legends[:]:
            former.remove()
            take_apart(former)
        if engine.legend(columns).get_window_extent().width <= figure.bbox.width - 4 * _GAP_PX:
            return


def labels_of(figure: Figure) -> list[Text]:
    """Every label that is drawn, the most important first: titles, axes, then what stands in the picture.

    Not the legend's, which stands by itself outside: its words have places only when it is drawn.
    """
    found: list[Text] = []
    inside: list[Text] = []
    for axes in figure.axes:
        found += [axes.title, cast("Text", getattr(axes, "_left_title")), cast("Text", getattr(axes, "_right_title"))]  # noqa: B009 - matplotlib has no other name for them
        for axis in (axes.xaxis, axes.yaxis):
            found += [axis.label, *_tick_labels(axis)]
        inside += axes.texts
    return [label for label in (*found, *figure.texts, *inside) if label.get_visible() and label.get_text().strip()]


def box_of(label: Text) -> Bbox:
    """Where the words stand at the figure's present size, without an arrow that leads to them."""
    figure = label.get_figure(root=True)
    # a label that was drawn before measures itself with what drew it, whatever resolution that had
    made_by = getattr(figure.canvas, "get_renderer", None) if figure is not None else None
    renderer = made_by() if made_by is not None else None
    if isinstance(label, Annotation):
        label.get_window_extent(renderer)  # puts the words where the picture has what they belong to now
    return Text.get_window_extent(label, renderer)


def spread(ends: Sequence[Annotation]) -> None:
    """Moves labels that stand one above the other apart, in the order of what they belong to."""
    if not ends:
        return
    for label in ends:
        label.xyann = (label.xyann[0], label.xy[1])
    placed = sorted(ends, key=lambda label: label.xy[1])
    boxes = [box_of(label) for label in placed]
    height = max(box.height for box in boxes) + 2 * _GAP_PX
    axes = cast("Axes", placed[0].axes)
    wanted = [axes.transData.transform((0.0, label.xy[1]))[1] for label in placed]
    centres: list[float] = []
    for at in wanted:
        centres.append(max(at, centres[-1] + height) if centres else at)
    # half of what the last one was pushed up by goes to all: none stands far from its line
    over = max(0.0, centres[-1] + height / 2 - axes.bbox.y1)
    centres = [at - max(over, (centres[-1] - wanted[-1]) / 2) for at in centres]
    for label, at in zip(placed, centres, strict=True):
        label.xyann = (label.xyann[0], axes.transData.inverted().transform((0.0, at))[1])


def add_place(axes: Axes, to: str, left: float, right: float, low: float | None = None, high: float | None = None) -> None:
    """A part of the picture that leads somewhere: nothing is drawn. From the bottom to the top where no heights are given."""
    across = low is None or high is None
    transform = axes.get_xaxis_transform() if across else axes.transData
    bottom, top = (0.0, 1.0) if low is None or high is None else (low, high)
    place = Rectangle((left, bottom), right - left, top - bottom, transform=transform, visible=False, gid=f"{_PLACE}{to}")
    axes.add_artist(place)


def places_of(figure: Figure) -> list[tuple[str, Bbox]]:
    """What leads where, in pixels from the lower left; after the figure was laid out."""
    found = figure.findobj(lambda artist: str(artist.get_gid() or "").startswith(_PLACE))
    return [(str(artist.get_gid()).removeprefix(_PLACE), artist.get_window_extent()) for artist in found]


def _tick_labels(axis: Axis) -> list[Text]:
    low, high = sorted(axis.get_view_interval())
    air = (high - low) * 1e-9
    axis.get_ticklabels()  # gives the ticks their words
    return [tick.label1 for tick in axis.get_major_ticks() if low - air <= tick.get_loc() <= high + air]


def _stands_within(box: Bbox, room: Bbox) -> bool:
    return bool(box.x0 >= room.x0 and box.x1 <= room.x1 and box.y0 >= room.y0 and box.y1 <= room.y1)


def _in_the_way(figure: Figure, labels: Sequence[Text]) -> "np.ndarray[tuple[int], np.dtype[np.bool_]]":
    """Which labels lie on one that comes before them and stays, or are cut off by the picture's edge."""
    boxes = np.array([box_of(label).extents for label in labels]).reshape(-1, 4)
    room = figure.bbox
    cut = (boxes[:, 0] < -1) | (boxes[:, 1] < -1) | (boxes[:, 2] > room.width + 1) | (boxes[:, 3] > room.height + 1)
    taken = np.zeros(len(labels), dtype=np.bool_)
    for number in range(len(labels)):
        if cut[number]:
            taken[number] = True
            continue
        left, bottom, right, top = boxes[number]
        before = boxes[:number][~taken[:number]]
        lies_on = (before[:, 0] < right + _GAP_PX) & (left < before[:, 2] + _GAP_PX) & (before[:, 1] < top) & (bottom < before[:, 3])
        taken[number] = bool(lies_on.any())
    return taken
