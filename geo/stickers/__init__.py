"""担当者だけ: stickers from meetings, kept as drafts beside the database and never in it.

No view, export or page of the town reads them; they leave this room only towards the
coordinator's queue. What measures (arrays) is imported when somebody asks whom to ask next.
"""

from geo.stickers.draft_queue import Draft, MeetingDrafts, meetings_of
from geo.stickers.sticker_box import BoxReading, StickerBox, Taken

__all__ = ["BoxReading", "Draft", "MeetingDrafts", "StickerBox", "Taken", "meetings_of"]
