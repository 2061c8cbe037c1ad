"""Values of the domain as the JSON of the catalogue and of the quotes, and back.

A stored answer outlives the names in our source. A field that was renamed keeps its first name in the store, in both directions: what an
earlier version kept stays readable, and the same figures stay the same bytes, so that a new name makes no new version of a plan.
"""

from typing import TYPE_CHECKING, Final, TypeVar

from denkidesk.domain.plans import PlanDetail

if TYPE_CHECKING:
    from collections.abc import Mapping

T = TypeVar("T")

_STORED_NAMES: Final = {"levy_yen_per_kwh": "renewable"}
_UNSAID: Final = (("is_known", True), ("month", 0))
_OUR_NAMES: Final = {stored: ours for ours, stored in _STORED_NAMES.items()}


def to_json(value: object) -> str:
    """The value as JSON: items in the order of its fields, decimals as texts."""
    import msgspec

    if isinstance(value, PlanDetail):
        tree = msgspec.to_builtins(value)
        # Every price that was kept before these marks came was known, and due in all months: it stays the same bytes.
        tree["fuels"] = [{name: item for name, item in fuel.items() if (name, item) not in _UNSAID} for fuel in tree["fuels"]]
        value = _renamed(tree, _STORED_NAMES)
    return msgspec.json.encode(value).decode("utf-8")


def from_json(text: str, shape: type[T]) -> T:
    """What :func:`to_json` wrote, read back as ``shape``; ValueError where it is something else."""
    import msgspec

    try:
        if shape is PlanDetail:
            return msgspec.convert(_renamed(msgspec.json.decode(text), _OUR_NAMES), shape)
        return msgspec.json.decode(text, type=shape)
    except msgspec.MsgspecError as error:
        raise ValueError(str(error)) from error


def _renamed(items: "Mapping[str, object]", names: "Mapping[str, str]") -> dict[str, object]:
    return {names.get(name, name): value for name, value in items.items()}
