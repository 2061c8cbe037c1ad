"""The applications as data: sections, fields, checks.

This room turns what a clerk typed into a checked ``NewApplication``. It knows ``domain`` alone: neither Qt nor a server nor a file, and
no sentence of Japanese; code tables come as values.
"""
