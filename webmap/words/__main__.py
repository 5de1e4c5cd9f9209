"""``python -m webmap.words``: bring the catalogues up to date with what the sources mark."""

from __future__ import annotations

import sys

from webmap.words.extracting import updated
from webmap.words.spoken import CATALOGUES


def main() -> None:
    """Write every catalogue anew and tell what still has no translation."""
    from babel.messages.pofile import read_po

    for path in sorted(CATALOGUES.glob("*.po")):
        path.write_text(updated(path), encoding="utf-8")
        with path.open("rb") as file:
            missing = [m for m in read_po(file) if m.id and not all(_forms(m.string))]
        sys.stdout.write(f"{path.name}: {len(missing)} without a translation\n")
        for message in missing:
            sys.stdout.write(f"  {_forms(message.id)[0]}\n")


def _forms(text: object) -> tuple[str, ...]:
    return text if isinstance(text, tuple) else (str(text),)


if __name__ == "__main__":
    main()
