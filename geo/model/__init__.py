"""The nouns of the town as frozen values. Standard library only; units live in names."""
