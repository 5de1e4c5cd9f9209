"""Every statement that reads an audience's views. ``conn`` comes first; nothing here commits.

The views are found by the connection's ``search_path``, so one statement serves every audience
and medium. Constants are transformed, columns never; nothing is measured here.
"""
