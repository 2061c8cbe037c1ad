"""Every path of every form, walked without a window."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from denkidesk.domain.applications import ApplicationKind
from denkidesk.domain.errors import FieldFault
from denkidesk.forms.model import Editor, Form
from denkidesk.forms.steps import FORMS, form_of
from denkidesk.forms.walk import Walk

KINDS = list(ApplicationKind)


def test_there_is_a_form_for_each_kind() -> None:
    assert set(FORMS) == set(ApplicationKind)


@pytest.mark.parametrize("kind", KINDS)
def test_a_form_is_whole(kind: ApplicationKind) -> None:
    form = form_of(kind)
    names = [field.name for field in form.fields]
    assert form.kind is kind
    assert len(names) == len(set(names))
    assert all(step.fields for step in form.steps)
    assert names == [f.name for step in form.steps for f in step.fields]
    assert {f.name for f in form.item_fields} | {f.name for f in form.fields if f.note} == set(names)
    for field in form.fields:
        assert bool(field.table) == (field.editor is Editor.CHOICE)
        assert bool(field.answers) == (field.editor is Editor.ANSWER)
        assert not (field.note and field.required)
        place = form.step_of(field.name)
        assert place is not None
        assert field in form.steps[place].fields
    assert form.field("no such field") is None
    assert form.step_of("no such field") is None


@pytest.mark.parametrize("kind", KINDS)
def test_next_reaches_the_review_and_back_reaches_the_start(kind: ApplicationKind) -> None:
    walk = Walk(form_of(kind))
    seen = []
    while walk.step is not None:
        seen.append(walk.step.key)
        walk = walk.next()
    assert seen == [step.key for step in form_of(kind).steps]
    assert walk.is_review
    assert walk.next() == walk
    back = []
    while walk.can_go_back:
        walk = walk.back()
        assert walk.step is not None
        back.append(walk.step.key)
    assert back == seen[::-1]
    assert walk.back() == walk
    assert walk.can_jump_to(len(seen))  # the review was seen once: it may be gone to directly


@pytest.mark.parametrize("kind", KINDS)
def test_every_place_can_be_reached_from_every_place_seen(kind: ApplicationKind) -> None:
    form = form_of(kind)
    places = len(form.steps) + 1
    for reached in range(places):
        furthest = Walk(form).to(reached)
        for place in range(places):
            assert furthest.can_jump_to(place) == (place <= reached)
        for place in range(reached + 1):
            walk = furthest.to(place)
            assert (walk.at, walk.reached) == (place, reached)


@pytest.mark.parametrize("kind", KINDS)
def test_a_fault_leads_to_its_step(kind: ApplicationKind) -> None:
    form = form_of(kind)
    review = Walk(form).to(len(form.steps))
    for place, step in enumerate(form.steps):
        for field in step.fields:
            faults = [FieldFault(field.name, "required"), FieldFault(form.steps[-1].fields[-1].name, "required")]
            assert review.to_first_fault(faults).at == place
    assert review.to_first_fault([FieldFault("extra", "unknown")]) == review
    assert review.to_first_fault([]) == review


@given(form=st.sampled_from(list(FORMS.values())), moves=st.lists(st.sampled_from(["next", "back", "start", "review"]), max_size=30))
def test_no_walk_leaves_the_form(form: Form, moves: list[str]) -> None:
    walk = Walk(form)
    for move in moves:
        walk = {"next": walk.next(), "back": walk.back(), "start": walk.to(0), "review": walk.to(99)}[move]
        assert 0 <= walk.at <= walk.reached <= len(form.steps)
        assert walk.is_review == (walk.step is None)
