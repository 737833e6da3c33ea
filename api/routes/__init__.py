"""The routes, one module a theme; every handler is a few lines over `api.desk.Desk`."""
