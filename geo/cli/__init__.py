"""The command line of the library: small commands, imported only when they are called."""
