"""Every SQL statement: small functions, connection first, never committing."""
