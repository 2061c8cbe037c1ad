"""The desk proves itself without a person: ``--smoke DIR`` walks everything that a frozen program may have lost, and writes a report.

Knows every room but ``main``, which calls it; nothing calls it otherwise. Reaches nothing but this machine.
"""
