"""The HTTP face of `qa.service.QAService`: routes, errors as problem documents, pages, the widget.

`api.app.create_app` builds the Litestar application; nothing is global.
"""
