"""The clerk reads one word for one thing, and none of the words that were replaced."""

import ast
import re
from pathlib import Path

import pytest

import denkidesk

PACKAGE = Path(denkidesk.__file__).parent
ROOT = PACKAGE.parents[1]
TABLES = ROOT / "resources" / "kansai" / "code_tables.json"

REPLACED = {
    "(?<!矢)印(?![刷鑑字])": "未読",
    "拒否": "受付不可",
    "やめる": "キャンセル",
    "その日はありません": "存在しない日付です",
    "覚え書き": "メモ",
    "当てはまる申込": "該当する申込",
    "この家だけ": "このお客さまだけ",
    "(?<!送配電会社の設備（)弊社設備": "送配電会社の設備（弊社設備）",
    "受信(トレイ|箱)|申込の?一覧(?!」)|申込リスト": "受付トレイ",
    "(?<!ログインを)(?<!に接続を)(?<!へのログインが前に)断(ら|り|っ|る)": "受付不可; a login alone is 断られた",
}


def read_by_the_clerk():
    """Each text of the words' room, of the guide and of the code tables, with where it stands."""
    for file in sorted((PACKAGE / "texts").glob("*.py")):
        tree = ast.parse(file.read_text(encoding="utf-8"))
        unread = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}  # docstrings
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unread:
                yield f"{file.name}:{node.lineno}", node.value
    guide = (ROOT / "README.md").read_text(encoding="utf-8")
    yield from ((f"README.md:{number}", line) for number, line in enumerate(guide.splitlines(), 1))
    yield from (("code_tables.json", label) for label in re.findall(r'"label_ja": ("[^"]*")', TABLES.read_text(encoding="utf-8")))


@pytest.mark.parametrize("word", REPLACED)
def test_no_text_says_a_word_that_was_replaced(word):
    assert [(where, text) for where, text in read_by_the_clerk() if re.search(word, text)] == [], f"say {REPLACED[word]}"


def test_the_words_of_every_room_are_looked_at():
    places = {where.split(":")[0] for where, _ in read_by_the_clerk()}
    assert {"shell.py", "inbox.py", "apply.py", "README.md", "code_tables.json"} <= places
