"""The inbox tab (受付トレイ). Shows what the desk stores; never calls a server by itself."""
