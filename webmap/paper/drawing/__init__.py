"""Maps, flags, names, bars and squares as SVG in millimetres."""
