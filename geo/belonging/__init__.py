"""Which areas a treasure belongs to, exactly and as coarsely as others may know it."""

from __future__ import annotations

from geo.belonging.belong import Belonging, belong
from geo.belonging.block_words import block_text
from geo.belonging.declared import AreaKey, DeclaredAreas

__all__ = ["AreaKey", "Belonging", "DeclaredAreas", "belong", "block_text"]
