"""What the desk remembers: inbox, outbox, drafts, tariffs, quotes, closed windows, the state of the windows.

The only room with SQL. It knows the domain's values and the settings' paths; no network, no screens, no Qt.
"""
