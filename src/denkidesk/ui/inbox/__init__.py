"""The inbox tab (受付トレイ) with the outbox beside it. Shows what the desk stores; never calls a server by itself."""
