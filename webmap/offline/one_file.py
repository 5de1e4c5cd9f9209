"""Everything a page needs, inside the page, under a policy that lets nothing else in."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from geo.cli.out_file import require_writable, write_out
from geo.errors import SettingsError
from geo.model.answers import AreaMembers
from geo.model.audience import Audience
from geo.model.map_answer import MapAnswer
from webmap.assets import STATIC, vendor_file
from webmap.ground_data import TileArchive
from webmap.offline.glyph_subset import font_rules
from webmap.offline.sealing import OPENING_SCRIPT, OPENING_STYLE, seal
from webmap.page_frame import Frame
from webmap.passphrase import require_long_enough
from webmap.showing import Showing

_CSS_ADDRESS = re.compile(r"url\((?!data:)[^)]*\)")


@dataclass(frozen=True, slots=True)
class OfflineFile:
    """One self-contained page.

    Parameters
    ----------
    content : bytes
        The HTML file.
    missing : str
        Characters our font lacks; the computer's own font shows them.
    sealed : bool
        Whether it opens with a passphrase only.
    """

    content: bytes
    missing: str
    sealed: bool


def offline_map(
    answer: MapAnswer,
    *,
    members: Sequence[AreaMembers] = (),
    archive: TileArchive | None = None,
    passphrase: str | None = None,
    showing: Showing | None = None,
) -> OfflineFile:
    """The treasure map of an area as one file; for だれでも with the hall inside.

    A wall shows だれでも only, so a file above it holds no hall: what it holds is never for a wall.

    Parameters
    ----------
    answer : MapAnswer
        What the audience may see. Above だれでも the file is marked 内部用 and encrypted.
    members : Sequence of AreaMembers
        From ``geo.questions.finer_areas``, for the hall's tour by area.
    archive : TileArchive, optional
        From :func:`webmap.offline.base_map.base_map`; without it the file has no base map.
    passphrase : str, optional
        Needed above だれでも, at least 8 characters.
    showing : Showing, optional
        Language and size of type; a file has one of each.

    Returns
    -------
    OfflineFile
        The same answer gives the same bytes for だれでも; an encrypted file is new every time.

    Raises
    ------
    SettingsError
        When a passphrase is needed and missing or too short.
    AssetError
        When the browser assets have not been fetched.
    """
    from webmap.hall import hall_page
    from webmap.pages import map_page, render

    if answer.audience > Audience.PUBLIC:
        if passphrase is None:
            raise SettingsError(
                "a file above public needs a passphrase",
                message_ja=f"「{answer.audience.label_ja}」のファイルには、合言葉が要ります。",
                hint_ja="8文字以上の合言葉を OTAKARA_PASSPHRASE に設定してください。",
            )
        require_long_enough(passphrase)
    if archive is None:
        answer = replace(answer, ground=None)
    page = map_page(answer, None, showing, offline=True, archive=archive)
    if answer.audience is Audience.PUBLIC and page.map_html is not None:
        page = replace(page, hall=hall_page(answer, showing, members=members, offline=True))
    scripts = (
        _scripts(with_hall=page.hall is not None, with_ground=answer.ground is not None)
        if page.map_html is not None
        else []
    )
    words = render(page) + json.dumps(page.data, ensure_ascii=False) + "".join(scripts)
    fonts = font_rules(words + (archive.names if archive else ""))
    styles = [
        fonts.css,
        *_styles(
            with_map=page.map_html is not None,
            with_hall=page.hall is not None,
            large=page.frame.large,
        ),
    ]
    if answer.audience is Audience.PUBLIC:
        inner = render(page, head=_head(styles, scripts), tail=_script_tags(scripts))
        return OfflineFile(inner.encode(), fonts.missing, sealed=False)
    assert passphrase is not None
    # The outer page must name the inner hashes; a salt keeps the font from telling its characters.
    styles[0] += f"/*{secrets.token_hex(16)}*/"
    inner = render(page, head=_head(styles, scripts), tail=_script_tags(scripts))
    outer = _sealed_page(page.frame, seal(inner.encode(), passphrase), styles, scripts)
    return OfflineFile(outer.encode(), fonts.missing, sealed=True)


def write_map(
    answer: MapAnswer,
    target: Path,
    *,
    members: Sequence[AreaMembers] = (),
    archive: TileArchive | None = None,
    passphrase: str | None = None,
    showing: Showing | None = None,
) -> OfflineFile:
    """Write :func:`offline_map` to a file: whole, or not at all.

    Raises
    ------
    WordsError
        When the folder does not exist or cannot be written.
    SettingsError, AssetError
        As :func:`offline_map`.
    """
    require_writable(target)
    made = offline_map(
        answer, members=members, archive=archive, passphrase=passphrase, showing=showing
    )
    write_out(target, made.content, private=made.sealed)
    return made


def _styles(*, with_map: bool, with_hall: bool, large: bool) -> list[str]:
    from webmap.hall.hall_page import HALL_STYLES
    from webmap.page_frame import LARGE_STYLES, STYLES

    names = (*STYLES, *(HALL_STYLES if with_hall else ()), *(LARGE_STYLES if large else ()))
    own = [(STATIC / "app" / name).read_text("utf-8") for name in names]
    if with_map:
        from webmap.kept_shell import shell

        own = [vendor_file("leaflet_css").read_text("utf-8"), shell().style, *own]
    return [_CSS_ADDRESS.sub("none", css).strip() for css in own if css.strip()]


def _scripts(*, with_hall: bool, with_ground: bool) -> list[str]:
    from webmap.hall.hall_page import HALL_SCRIPTS
    from webmap.kept_shell import shell
    from webmap.page_frame import GROUND_ASSETS, GROUND_SCRIPTS, MAP_SCRIPTS

    assets = ("leaflet", *((*GROUND_ASSETS, "tile_archive") if with_ground else ()))
    names = (*MAP_SCRIPTS, *(HALL_SCRIPTS if with_hall else ()))
    if with_ground:
        names = (*GROUND_SCRIPTS, *names)
    files = [*map(vendor_file, assets), *(STATIC / "app" / name for name in names)]
    texts = [*(file.read_text("utf-8") for file in files), shell().script]
    # A line that names a map of the source makes developer tools look for a file.
    return [_inlined(re.sub(r"(?m)^//[#@] ?sourceMappingURL=.*$", "", text)) for text in texts]


def _inlined(text: str) -> str:
    if re.search(r"</script|<!--", text, re.IGNORECASE):
        raise ValueError("a script of ours cannot be put inside a page: it holds markup")
    return text.strip() + "\n"


def _script_tags(scripts: Iterable[str]) -> str:
    return "\n".join(f"<script>{text}</script>" for text in scripts)


def _head(styles: Iterable[str], scripts: Iterable[str]) -> str:
    styles = list(styles)
    policy = html.escape(_policy(styles, scripts))
    icon = base64.b64encode((STATIC / "app" / "icon.svg").read_bytes()).decode("ascii")
    lines = [
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="referrer" content="no-referrer">',
        f'<link rel="icon" href="data:image/svg+xml;base64,{icon}">',
        *(f"<style>{css}</style>" for css in styles),
    ]
    return "\n".join(lines)


def _policy(styles: Iterable[str], scripts: Iterable[str]) -> str:
    """Nothing but these very scripts and styles; no address at all."""
    allowed_scripts = " ".join(map(_hash, scripts)) or "'none'"
    allowed_styles = " ".join(map(_hash, styles)) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed_scripts}; style-src {allowed_styles}; "
        "img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = base64.b64encode(hashlib.sha256(text.encode()).digest()).decode("ascii")
    return f"'sha256-{digest}'"


def _sealed_page(frame: Frame, sealed: str, styles: Iterable[str], scripts: Iterable[str]) -> str:
    from webmap.template_engine import environment

    return (
        environment(frame.language)
        .get_template("sealed.html")
        .render(
            language=frame.language,
            audience_label=frame.audience_label,
            head=_head_of_sealed(styles, scripts),
            sealed=sealed,
            script=OPENING_SCRIPT,
        )
    )


def _head_of_sealed(styles: Iterable[str], scripts: Iterable[str]) -> str:
    policy = html.escape(_policy([OPENING_STYLE, *styles], [OPENING_SCRIPT, *scripts]))
    return "\n".join(
        (
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="referrer" content="no-referrer">',
            '<link rel="icon" href="data:,">',
            f"<style>{OPENING_STYLE}</style>",
        )
    )
