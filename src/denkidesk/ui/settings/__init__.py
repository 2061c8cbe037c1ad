"""The settings dialog. Secrets go to the credential store and are never read back into a field."""
