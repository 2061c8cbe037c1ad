"""A walk through the clerk's day in the real window, with a picture of each step: the first end-to-end test, and the README's pictures.

Drives the window from outside as a person would, by keys and buttons; nothing in the window knows of it.
"""
