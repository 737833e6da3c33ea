"""What the documentation generator runs: pages that are made, not written."""

from __future__ import annotations

import sys
from pathlib import Path

from mkdocs.config.defaults import MkDocsConfig
from mkdocs.structure.files import File, Files

sys.path.insert(0, str(Path(__file__).resolve().parent))
from reference import render_reference


def on_files(files: Files, config: MkDocsConfig) -> Files:
    """Add the HTTP reference, made from the OpenAPI document of the application itself."""
    from api.app import create_app

    document = create_app().state.document
    files.append(File.generated(config, "http-reference.md", content=render_reference(document)))
    return files
