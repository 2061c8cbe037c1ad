"""A keyring backend that keeps secrets in memory, and fails on demand."""

import keyring.backend
import keyring.errors


class MemoryKeyring(keyring.backend.KeyringBackend):
    """Holds secrets as long as it lives; ``failure`` is raised by every call while it is set."""

    priority = 0.1  # never chosen by keyring itself

    def __init__(self):
        super().__init__()
        self.entries = {}
        self.failure = None

    def get_password(self, service, username):
        self._fail_on_demand()
        return self.entries.get((service, username))

    def set_password(self, service, username, password):
        self._fail_on_demand()
        self.entries[service, username] = password

    def delete_password(self, service, username):
        self._fail_on_demand()
        if (service, username) not in self.entries:
            raise keyring.errors.PasswordDeleteError("not found")
        del self.entries[service, username]

    def _fail_on_demand(self):
        if self.failure is not None:
            raise self.failure
