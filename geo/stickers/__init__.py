"""担当者だけ: stickers from meetings, kept as drafts beside the database and never in it.

No view, export or page of the town reads them; they leave this room only towards the
coordinator's queue.
"""
