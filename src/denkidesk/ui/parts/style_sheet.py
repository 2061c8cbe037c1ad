"""The few shapes that a palette cannot say: flat buttons, quiet tabs and headers, editors with a visible edge.

A style sheet runs in C++; a proxy style in Python would cost a Python call for each cell and metric of each paint.
"""

from string import Template
from typing import Final

from denkidesk.ui.parts.colours import Colours

RAIL_HEIGHT: Final = 34  # of the line for messages below the tabs of a window

_SHEET: Final = Template("""
QPushButton { background: $raised; color: $text; border: 1px solid $line_strong; border-radius: 6px; padding: 5px 14px; min-height: 20px; }
QPushButton:hover { background: $accent_soft; border-color: $accent; }
QPushButton:pressed { background: $line; }
QPushButton:default { border-color: $accent; }
QPushButton:focus { border: 2px solid $accent; padding: 4px 13px; }
QPushButton:disabled { color: $line_strong; border-color: $line; background: $window; }
QPushButton:checked { background: $accent_soft; border-color: $accent; color: $accent; }
QPushButton[kind="primary"] { background: $accent; color: $on_accent; border-color: $accent; font-weight: bold; }
QPushButton[kind="primary"]:hover { background: $accent_hover; border-color: $accent_hover; }
QPushButton[kind="primary"]:focus { border: 2px solid $text; }
QPushButton[kind="primary"]:disabled { background: $line; color: $muted; border-color: $line; }
QPushButton[kind="quiet"] { background: transparent; border-color: transparent; color: $accent; padding: 5px 8px; }
QPushButton[kind="quiet"]:hover { background: $accent_soft; }
QPushButton[kind="quiet"]:focus { border: 2px solid $accent; padding: 4px 7px; }
QPushButton[kind="quiet"]:disabled { color: $line_strong; }
QPushButton[kind="act"] { text-align: left; padding: 5px 7px; }
QPushButton[kind="act"]:focus { padding: 4px 6px; }
QPushButton[kind="chip"]::menu-indicator { width: 0px; }
QPushButton[kind="chip"] { border-radius: 14px; padding: 3px 12px; border-color: $line; color: $text; }
QPushButton[kind="chip"]:hover { border-color: $accent; }
QPushButton[kind="chip"]:focus { border: 2px solid $accent; padding: 2px 11px; }
QPushButton[kind="chip"]:checked, QPushButton[kind="chip"][chosen="yes"] {
  background: $accent; color: $on_accent; border-color: $accent; font-weight: bold; }
QPushButton[kind="chip"]:checked:focus { border: 2px solid $text; }

QLineEdit, QPlainTextEdit, QAbstractSpinBox, QComboBox {
  background: $surface; color: $text; border: 1px solid $line_strong; border-radius: 6px; selection-background-color: $accent;
  selection-color: $on_accent; }
QLineEdit, QAbstractSpinBox, QComboBox { padding: 4px 8px; min-height: 22px; }
QPlainTextEdit { padding: 4px; }
QLineEdit:focus, QPlainTextEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { border: 2px solid $accent; }
QLineEdit:focus, QAbstractSpinBox:focus, QComboBox:focus { padding: 3px 7px; }
QPlainTextEdit:focus { padding: 3px; }
QLineEdit:disabled, QPlainTextEdit:disabled, QAbstractSpinBox:disabled, QComboBox:disabled {
  background: $window; color: $muted; border-color: $line; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $window; border-color: $line; }
QLineEdit[fault="yes"], QPlainTextEdit[fault="yes"], QAbstractSpinBox[fault="yes"], QComboBox[fault="yes"] {
  border: 2px solid $error; }
QLineEdit[fault="yes"], QAbstractSpinBox[fault="yes"], QComboBox[fault="yes"] { padding: 3px 7px; }
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: url($icons/chevron-fixed.svg); width: 14px; height: 14px; }
QComboBox QAbstractItemView { background: $surface; color: $text; border: 1px solid $line_strong; outline: 0;
  selection-background-color: $accent_soft; selection-color: $text; padding: 4px; }
QAbstractSpinBox::up-button, QAbstractSpinBox::down-button { border: none; width: 22px; background: transparent; }
QAbstractSpinBox::up-arrow { image: url($icons/chevron-up-fixed.svg); width: 10px; height: 10px; }
QAbstractSpinBox::down-arrow { image: url($icons/chevron-fixed.svg); width: 10px; height: 10px; }

QAbstractSpinBox QLineEdit { border: none; padding: 0 8px; background: transparent; min-height: 0; }
QComboBox QLineEdit { border: none; padding: 0; background: transparent; min-height: 0; }
QAbstractSpinBox QLineEdit:focus { border: none; padding: 0 7px; }
QComboBox QLineEdit:focus { border: none; padding: 0; }
QCheckBox, QRadioButton { spacing: 8px; padding: 3px; border: 1px solid transparent; border-radius: 4px; }
QCheckBox:focus, QRadioButton:focus { border-color: $accent; }
QCheckBox::indicator, QListWidget::indicator, QRadioButton::indicator {
  width: 16px; height: 16px; border: 1px solid $line_strong; background: $surface; }
QCheckBox::indicator, QListWidget::indicator { border-radius: 4px; }
QRadioButton::indicator { border-radius: 9px; }
QCheckBox::indicator:hover, QRadioButton::indicator:hover { border-color: $accent; }
QCheckBox::indicator:checked, QListWidget::indicator:checked { background: $accent; border-color: $accent; image: url($icons/$check.svg); }
QRadioButton::indicator:checked { background: $accent; border-color: $accent; image: url($icons/$dot.svg); }
QCheckBox:disabled, QRadioButton:disabled { color: $line_strong; }

QTabWidget::pane { border: none; border-top: 1px solid $line; }
QTabWidget[rail="yes"]::pane { padding-top: ${rail_height}px; }
QTabWidget::tab-bar { left: 12px; }
QTabBar::tab { background: transparent; color: $muted; padding: 9px 16px 8px 16px; margin-right: 4px; border: none;
  border-bottom: 3px solid transparent; }
QTabBar[kind="narrow"]::tab { padding: 9px 8px 8px 8px; }
QTabBar[kind="crowded"]::tab { padding: 9px 4px 8px 4px; margin-right: 2px; }
QTabBar[kind="counted"]::tab { padding-right: 6px; }
QTabBar[kind="pane"]::tab { padding: 6px 4px 5px 4px; margin-right: 8px; }
QTabWidget[kind="pane"]::tab-bar, QTabWidget[kind="crowded"]::tab-bar { left: 0px; }
QTabBar::tab:hover { color: $text; border-bottom-color: $line_strong; }
QTabBar::tab:selected { color: $accent; border-bottom-color: $accent; font-weight: bold; }
QTabBar::tab:focus { background: $accent_soft; }
QTabBar::tab:disabled { color: $line_strong; }

QHeaderView { background: $surface; border: none; }
QHeaderView::section { background: $surface; color: $muted; border: none; border-bottom: 1px solid $line_strong; padding: 6px 8px; }
QHeaderView::section:hover { color: $text; }
QHeaderView::up-arrow { image: url($icons/chevron-up-fixed.svg); width: 10px; height: 10px; }
QHeaderView::down-arrow { image: url($icons/chevron-fixed.svg); width: 10px; height: 10px; }
QTableView, QTreeView, QListView { background: $surface; alternate-background-color: $surface_alternate; border: 1px solid $line;
  border-radius: 6px; gridline-color: $line; selection-background-color: $accent_soft; selection-color: $text; outline: 0; }
QListView::item { padding: 6px 8px; }
QTableView:focus, QTreeView:focus, QListView:focus { border-color: $accent; }
QTableView QTableCornerButton::section { background: $surface; border: none; }

QMenuBar { background: $window; color: $text; padding: 2px 8px; }
QMenuBar::item { padding: 5px 10px; border-radius: 4px; background: transparent; }
QMenuBar::item:selected { background: $accent_soft; }
QMenu { background: $surface; color: $text; border: 1px solid $line_strong; padding: 4px; }
QMenu::item { padding: 6px 28px 6px 12px; border-radius: 4px; }
QMenu::item:selected { background: $accent_soft; color: $text; }
QMenu::item:disabled { color: $line_strong; }
QMenu::icon { padding-left: 8px; }
QMenu::separator { height: 1px; background: $line; margin: 4px 8px; }
QStatusBar { background: $window; color: $muted; border-top: 1px solid $line; }
QStatusBar::item { border: none; }
QToolTip { background: $raised; color: $text; border: 1px solid $line_strong; padding: 4px 6px; }
QSplitter::handle { background: transparent; }
QSplitter::handle:hover { background: $line; }
QGroupBox { border: none; border-top: 1px solid $line; margin-top: 22px; padding-top: 8px; font-weight: bold; }
QGroupBox::title { subcontrol-origin: margin; left: 0px; padding: 0 8px 0 0; color: $text; }
QFrame[kind="card"] { background: $surface; border: 1px solid $line; border-radius: 8px; }
QFrame[kind="rule"] { border: none; border-top: 1px solid $line; max-height: 1px; margin: 4px 0; }
QWidget[turn="yes"] { background: $accent_soft; border-radius: 6px; }
QFrame[kind="side"] { background: $surface; border: none; }
QFrame[kind="pane"] { background: $surface; border: none; border-left: 1px solid $line; }
QFrame[kind="strip"] { background: $window; border: none; border-bottom: 1px solid $line; }
QPushButton[kind="chip"] { outline: none; }
QPushButton[kind="chip"]:disabled { color: $muted; background: transparent; }
QPushButton[kind="chip"]:checked:disabled { color: $text; background: $line; border-color: $line; }
QFrame[kind="card"]:focus { border-color: $accent; }
QFrame[kind="hairline"] { background: $line; border: none; }
QFrame[kind="words"] { background: $surface_alternate; border: 1px solid $line; border-radius: 6px; }
QScrollArea { border: none; background: transparent; }
QScrollArea > QWidget > QWidget[kind="page"] { background: transparent; }

QFrame[strip="info"] { background: $accent_soft; border: 1px solid $accent; border-radius: 6px; }
QFrame[strip="ok"] { background: $ok_soft; border: 1px solid $ok; border-radius: 6px; }
QFrame[strip="warn"] { background: $warn_soft; border: 1px solid $warn; border-radius: 6px; }
QFrame[strip="error"] { background: $error_soft; border: 1px solid $error; border-radius: 6px; }
QFrame[rail="calm"] { background: transparent; }
QFrame[rail="info"] { background: $accent_soft; }
QFrame[rail="ok"] { background: $ok_soft; }
QFrame[rail="warn"] { background: $warn_soft; }
QFrame[rail="error"] { background: $error_soft; }
QFrame[kind="sheet"] { background: $surface; border: 1px solid $line_strong; }
QPushButton[small="yes"] { padding: 2px 10px; min-height: 18px; }
QPushButton[small="yes"]:focus { padding: 1px 9px; }
QFrame[kind="practice"] { background: $practice; border: none; }
QFrame[kind="practice"] QLabel { color: $on_practice; background: transparent; }
QLabel[kind="key"] { border: 1px solid $line_strong; border-radius: 4px; padding: 1px 6px; }
QLabel[tone="muted"] { color: $muted; }
QLabel[tone="accent"] { color: $accent; }
QLabel[tone="ok"] { color: $ok; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="error"] { color: $error; }
QLabel[tone="kind_outage"] { color: $kind_outage; }
QLabel[tone="kind_menu"] { color: $kind_menu; }
QLabel[tone="kind_utility"] { color: $kind_utility; }
QLabel[tone="kind_customer"] { color: $kind_customer; }
QLabel[tone="kind_other"] { color: $kind_other; }
QProgressBar { background: $line; border: none; border-radius: 3px; max-height: 6px; min-height: 6px; }
QProgressBar::chunk { background: $accent; border-radius: 3px; }

QScrollBar:vertical { background: transparent; width: 12px; margin: 0; }
QScrollBar:horizontal { background: transparent; height: 12px; margin: 0; }
QScrollBar::handle { background: $line_strong; border-radius: 4px; }
QScrollBar::handle:vertical { min-height: 32px; margin: 2px; }
QScrollBar::handle:horizontal { min-width: 32px; margin: 2px; }
QScrollBar::handle:hover { background: $muted; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QScrollBar::add-page, QScrollBar::sub-page { background: transparent; }
""")


def style_sheet(colours: Colours, icons_dir: str) -> str:
    names = {name: getattr(colours, name) for name in Colours.__slots__ if name != "is_dark"}
    mode = "dark" if colours.is_dark else "light"
    return _SHEET.substitute(names, icons=icons_dir, rail_height=RAIL_HEIGHT, check=f"check-{mode}-fixed", dot=f"dot-{mode}-fixed")
