"""The same desk without a window: commands whose JSON, texts and exit codes are a stable contract.

Shares store, gate and outbox with the window, and may run beside it. Knows neither Qt nor SQL; each command imports only what it needs.
"""
