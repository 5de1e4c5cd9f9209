"""The demonstration town みなと市, written by a seeded generator: one module per kind of thing."""
