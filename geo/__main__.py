"""``python -m geo``: the library's commands without the web."""

from geo.cli.group import main

main()
