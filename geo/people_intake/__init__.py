"""Who lives where: the tables and shapes of ``boundaries/people.toml``, read and placed."""
