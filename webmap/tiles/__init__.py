"""``/tiles/…``: the base map, piece by piece, kept as long as the same streets stand."""

from webmap.tiles.tile_views import register_tiles

__all__ = ["register_tiles"]
