"""The page of choices, the addresses of paper and the doorstep page."""
