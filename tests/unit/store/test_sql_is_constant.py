"""No value is ever pasted into SQL: statements are constants, values are parameters."""

import ast
from collections.abc import Iterator
from pathlib import Path

import denkidesk.store

EXECUTING = ("execute", "executemany", "executescript", "read")
ALLOWED = {("run.py", "PRAGMA user_version = ")}
"""SQLite takes no parameter there; the number is counted by the program itself."""


def statements(tree: ast.AST) -> Iterator[ast.expr]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in EXECUTING:
            yield node.args[0]


def built_from(statement: ast.expr) -> str | None:
    """What a statement is pasted together from; None if it is whole."""
    match statement:
        case ast.BinOp(left=ast.Constant(value=str(beginning))):
            return beginning
        case ast.BinOp() | ast.JoinedStr() | ast.Call():
            return ast.dump(statement)
        case _:
            return None


def test_statements_are_constants():
    found, seen = set(), 0
    for path in Path(denkidesk.store.__file__).parent.rglob("*.py"):
        for statement in statements(ast.parse(path.read_text(encoding="utf-8"))):
            seen += 1
            if (beginning := built_from(statement)) is not None:
                found.add((path.name, beginning))
    assert seen > 40
    assert found == ALLOWED
