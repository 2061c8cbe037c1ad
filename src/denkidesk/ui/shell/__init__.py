"""The main window: tabs, menu bar, status bar, the practice band. Assembles the screens and decides nothing."""
