"""What the clerk can do: refresh the inbox, file an application, quote a tariff, test a connection.

Joins the rooms below it; may not touch Qt, SQL or the network itself. Heavy rooms come through factories that are called when
they are first needed, so that the window can paint before they are loaded.
"""
