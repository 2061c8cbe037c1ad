"""``denkidesk apply``: one application from a JSON file, checked, kept, sent."""

import argparse
import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

from denkidesk.cli.output import Exit, say, say_outcome, tell, write_json
from denkidesk.cli.session import opened, run_of
from denkidesk.cli.shapes import sent_json
from denkidesk.desk.assembly import assemble
from denkidesk.desk.file_reading import read_bounded
from denkidesk.desk.installed_set import FormTables, InstalledSet
from denkidesk.domain.application_items import DATE_ITEMS
from denkidesk.domain.applications import ApplicationKind, NewApplication, OutboxState
from denkidesk.domain.clock import now_jst
from denkidesk.domain.errors import FieldFault, InputRefused, SetupFault
from denkidesk.domain.fault_codes import FormCode, InputCode
from denkidesk.forms.checks import cautions_of, check_field
from denkidesk.forms.cleaning import clean_text
from denkidesk.texts import cli as texts
from denkidesk.texts.apply import changes, similar_row
from denkidesk.texts.errors import fault_line
from denkidesk.texts.names import field_name


def run(arguments: argparse.Namespace) -> Exit:
    """Prints state and receipt number; with ``--dry-run`` the envelope, and nothing is kept or sent."""
    try:
        kind = ApplicationKind(arguments.kind)
    except ValueError:
        raise InputRefused.of("kind", InputCode.CHOICE, given=arguments.kind) from None
    values, extra, faults = _read(Path(arguments.file))
    decided = run_of(arguments)
    tables = InstalledSet(decided.settings.kansai).form_tables()
    with _places_named(tables, kind):
        application = _checked(tables, kind, values, extra, faults)
        for caution in cautions_of(application, now_jst().date()):
            say(texts.CAUTION.format(line=fault_line(caution)))
        with opened(decided, servers=not arguments.dry_run) as desk:
            if arguments.dry_run:
                envelope = desk.outbox.envelope_preview(application)
                write_json({"state": "dry-run", "kind": kind.value, "envelope": envelope})
                return Exit.DONE
            # What the installed schema refuses is refused like any other input, and not kept. A fault of the set itself is another
            # matter: then the application is kept, and the sending says what is wrong.
            with suppress(SetupFault):
                desk.outbox.envelope_preview(application)
            desk.outbox.similar_listed(application)
            for one in desk.outbox.at_point(application.kind, application.supply_point_number):
                row = similar_row(replace(one, receipt_number=one.receipt_number or one.item_id), now_jst().date())
                say((texts.SIMILAR if one.may_be_double else texts.AT_POINT).format(row=row))
            result = desk.outbox.send(desk.outbox.queue(application).item_id)
    code = say_outcome(result)
    if result.item.state is OutboxState.QUEUED:
        say(texts.KEPT)
    return tell(sent_json(result), code)


@contextmanager
def _places_named(tables: FormTables, kind: ApplicationKind) -> Iterator[None]:
    """Says where the items that the set adds are written, where a name in the file is none."""
    try:
        yield
    except InputRefused as refused:
        if any(fault.code is FormCode.UNKNOWN for fault in refused.faults):
            fields = tables.form(kind).fields
            paths = [f"{field.path}（{field.label}）" for field in fields if field.path]
            names = [f"{name}（{field_name(name)}）" for name in tables.further_items(kind)]
            for line, places in ((texts.NAMES_BESIDE, names), (texts.PATHS_IN_EXTRA, paths)):
                if places:
                    say(line.format(places="、".join(places)))
        raise


def _read(path: Path) -> tuple[dict[str, str], dict[str, str], list[FieldFault]]:
    """The items, the further items, and every fault of their JSON; faults of what they say are found later."""
    faults: list[FieldFault] = []

    def unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
        seen: dict[str, object] = {}
        for name, value in pairs:
            if name in seen:
                faults.append(FieldFault(name, InputCode.DOUBLE))
            seen[name] = value
        return seen

    try:
        tree = json.loads(read_bounded(path, "file").decode("utf-8-sig"), object_pairs_hook=unique)
    except (ValueError, RecursionError) as error:
        where = f"{error.lineno}:{error.colno}" if isinstance(error, json.JSONDecodeError) else type(error).__name__
        raise InputRefused.of("file", InputCode.NOT_JSON, where=where) from None
    if not isinstance(tree, dict):
        raise InputRefused.of("file", InputCode.NOT_OBJECT)
    further = tree.pop("extra", {})
    if not isinstance(further, dict):
        faults.append(FieldFault("extra", InputCode.NOT_OBJECT))
        further = {}
    values, extra = _texts(tree, faults), _texts(further, faults)
    for name in DATE_ITEMS:
        if values.get(name) and not _is_iso(values[name]):
            faults.append(FieldFault(name, InputCode.ISO_DATE))
            del values[name]
    return values, extra, faults


def _texts(tree: dict[str, object], faults: list[FieldFault]) -> dict[str, str]:
    """The texts of an object; null is as good as nothing, anything else is a fault: a number has lost its leading zeros."""
    faults.extend(FieldFault(name, InputCode.NOT_TEXT) for name, value in tree.items() if not isinstance(value, str | None))
    return {name: value for name, value in tree.items() if isinstance(value, str)}


def _is_iso(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def _checked(
    tables: FormTables, kind: ApplicationKind, values: dict[str, str], extra: dict[str, str], faults: list[FieldFault]
) -> NewApplication:
    """The application, or every fault of file and contents at once, each field once."""
    form, today = tables.form(kind), now_jst().date()
    try:
        assembled = assemble(kind, values, tables, today, extra)
        if assembled.kept_here:  # there is no draft that would keep it
            kept = dict(assembled.kept_here)
            raise InputRefused([FieldFault(name, FormCode.UNKNOWN) for name in ("contact_phone", "note") if field_name(name) in kept])
    except InputRefused as refused:
        known = {fault.field for fault in faults}
        raise InputRefused([*faults, *(fault for fault in refused.faults if fault.field not in known)]) from None
    if faults:
        raise InputRefused(faults)
    for field in form.fields:
        if changed := check_field(field, values.get(field.name) or extra.get(field.path, ""), {}, today).cleaned.changes:
            say(f"{field.label or field_name(field.name)}：{changes(changed)}")
    own = {field.path for field in form.fields}
    for path, text in extra.items():
        if path not in own and (changed := clean_text(text, multiline=True).changes):
            say(f"{path}：{changes(changed)}")
    return assembled.application
