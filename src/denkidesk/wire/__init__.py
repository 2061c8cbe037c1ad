"""How anything leaves this machine: one request a second, opening hours, HTTP within limits.

May touch sockets, and the gate's own file. Knows nothing of SOAP, JSON, the store or Qt, and never repeats a request by itself.
"""
