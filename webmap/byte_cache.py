"""Answers kept as compressed bytes, per process, for as long as the town does not change."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass

from isal import isal_zlib

from webmap.edition_shelf import CacheKey, Edition, EditionShelf

DEFAULT_LIMIT_BYTES = 64 * 1024 * 1024
LEVEL = 1
"""The reader waits while it is compressed: ISA-L takes an eighth of zlib's time at its fastest."""
_GZIP = 31  # wbits: the largest window, in a gzip frame without a time


@dataclass(frozen=True, slots=True)
class StoredAnswer:
    """One answer, ready to send."""

    compressed: bytes
    plain_length: int
    etag: str
    content_type: str
    download_name: str | None = None

    @classmethod
    def of(
        cls,
        body: bytes,
        *,
        tag: Callable[[bytes], str],
        content_type: str,
        download_name: str | None = None,
    ) -> StoredAnswer:
        """Compress a body, and tag what came of it; the same body gives the same bytes."""
        compressed: bytes = isal_zlib.compress(body, LEVEL, wbits=_GZIP)
        return cls(compressed, len(body), tag(compressed), content_type, download_name)

    def plain(self) -> bytes:
        """The body for a client that does not accept gzip."""
        return gzip.decompress(self.compressed)


class ByteCache(EditionShelf[Edition, CacheKey, StoredAnswer]):
    """Compressed answers of the current edition.

    Parameters
    ----------
    limit_bytes : int
        Compressed bytes kept at most; an answer larger than a quarter of it is not kept.
    """

    def __init__(self, limit_bytes: int = DEFAULT_LIMIT_BYTES) -> None:
        super().__init__(limit_bytes, lambda answer: len(answer.compressed), limit_bytes // 4)
