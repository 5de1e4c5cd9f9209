"""What a hall screen sends to the running machine: stickers, and nothing comes back but an id."""

from webmap.stickers.sticker_views import register_stickers

__all__ = ["register_stickers"]
