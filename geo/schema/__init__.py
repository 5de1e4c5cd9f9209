"""The database's shape: tables, the views that are the one door out, roles, migrations."""
