"""`python -m qa.cli`: the same as `qa`."""

from qa.cli import main

main()
