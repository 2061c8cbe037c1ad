"""Our frozen values are those of the standard library in all that can be seen of them."""

import copy
import dataclasses
import pickle
from dataclasses import FrozenInstanceError, field, replace

import pytest

from denkidesk.domain.values import dataclass
from denkidesk.settings import KansaiSettings


def described(decorator):
    """A class with everything that the values of this program use."""

    class Pair:
        """Doc."""

        name: str
        secret: str = field(default="", repr=False)
        parts: tuple["Pair", ...] = ()
        extra: dict[str, str] = field(default_factory=dict, compare=False)

        def __post_init__(self) -> None:
            if not self.name:
                raise ValueError("name")

        @property
        def loud(self) -> str:
            return self.name.upper()

    return decorator(frozen=True, slots=True)(Pair)


Pair, Standard = described(dataclass), described(dataclasses.dataclass)


@dataclass(frozen=True, slots=True)
class Point:
    """For pickle, which finds a class by its name."""

    x: int
    y: int = 0


def test_it_reads_and_is_called_as_the_standard_one():
    for make in (Pair, Standard):
        assert repr(make("a", "CANARY", (make("b"),))) == (
            "described.<locals>.Pair(name='a', parts=(described.<locals>.Pair(name='b', parts=(), extra={}),), extra={})"
        )
    assert [each.name for each in dataclasses.fields(Pair)] == [each.name for each in dataclasses.fields(Standard)]
    assert Pair.__match_args__ == Standard.__match_args__
    assert dataclasses.asdict(Point(1, 2)) == {"x": 1, "y": 2}
    assert Pair("a").extra is not Pair("a").extra
    with pytest.raises(ValueError, match="name"):
        Pair("")


def test_equal_are_values_of_one_class_whose_parts_are_equal():
    assert Pair("a", "s", (Pair("b"),)) == Pair("a", "s", (Pair("b"),), {"not": "compared"})
    assert Pair("a", "s") != Pair("a", "t")
    assert Pair("a") != Standard("a")
    assert Point(1, 2) != (1, 2)
    assert {Point(1, 2), Point(1, 2), Point(2, 1)} == {Point(2, 1), Point(1, 2)}
    assert len({Pair("a"), Pair("a", extra={"not": "compared"})}) == 1
    with pytest.raises(TypeError):
        hash(Point([], 2))


def test_nothing_of_a_value_can_be_changed_and_nothing_added():
    value = Point(1)
    for name in ("x", "z"):
        with pytest.raises((FrozenInstanceError, TypeError, AttributeError)):  # as the standard one: TypeError for what is no field
            setattr(value, name, 2)
    with pytest.raises(FrozenInstanceError):
        del value.x
    assert not hasattr(value, "__dict__")
    assert replace(value, y=3) == Point(1, 3)


def test_copies_and_pickles_are_equal():
    value = Point(1, 2)
    for again in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301 - our own, made here
        assert again == value
        assert again.__class__ is Point


@pytest.mark.parametrize("make", [Pair, Standard])
def test_what_does_not_fit_is_refused(make):
    for args, given in (((), {}), (("a", "", (), {}, 5), {}), (("a",), {"name": "b"}), (("a",), {"unheard": 1})):
        with pytest.raises(TypeError):
            make(*args, **given)
    assert make("a", parts=(make("b"),)).parts == (make(name="b"),)


def test_a_value_that_says_nothing_of_itself_is_given_no_words():
    """The standard one makes them out of a signature, which takes longer than all the rest of the class."""

    @dataclass(frozen=True, slots=True)
    class Quiet:
        name: str

    assert Quiet.__doc__ is None


def test_another_kind_of_class_is_refused():
    with pytest.raises(TypeError):
        dataclass(frozen=True, slots=False)


def test_a_secret_is_in_no_text_of_the_settings():
    assert "CANARY" not in repr(KansaiSettings(proxy="http://user:CANARY@proxy.invalid:3128"))
