"""The service as tools for assistants, in the Model Context Protocol: quotations word for word, each with its citation."""
