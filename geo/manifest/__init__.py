"""Manifests: the ``.toml`` files of a town folder -> :class:`geo.model.town.Town`. Strict."""

from geo.manifest.town_manifests import read_manifests

__all__ = ["read_manifests"]
