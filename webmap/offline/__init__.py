"""The treasure map as one file for a USB stick: opens by double click, asks nobody for anything."""

from webmap.offline.base_map import base_map
from webmap.offline.one_file import OfflineFile, offline_map, write_map

__all__ = ["OfflineFile", "base_map", "offline_map", "write_map"]
