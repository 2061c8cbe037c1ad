"""Stands in the frozen program for a package whose ``__init__`` imports what was left out; see ``contents.source_of``."""
