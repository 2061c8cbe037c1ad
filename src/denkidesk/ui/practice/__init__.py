"""Practising in the window: the first application in three steps, and what goes wrong on purpose. Only in practice mode, loaded after the
window is ready. It knows the shell by signals and the desk by ``desk.troubles``; it changes nothing of the screens.
"""
