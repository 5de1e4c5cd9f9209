"""Setting a sheet: fonts, templates of Typst, the accessible PDF."""
