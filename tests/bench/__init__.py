"""Our speed beside that of others: `make bench` and `make profile`."""
