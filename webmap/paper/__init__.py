"""Paper: an answer drawn in millimetres, set by Typst, a PDF that may be handed out."""
