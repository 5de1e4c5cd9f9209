"""Which coordinate system a file is in: said by the file or the manifest, never guessed.

Where nobody says, the likely ones are named, so that the clerk can choose.
"""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from typing import TYPE_CHECKING

from geo.crs import STORAGE_CRS, parse_crs
from geo.intake.features import stop, warning
from geo.model.problem import Problem

if TYPE_CHECKING:
    from pyproj import CRS

    from geo.intake.national_editions import Edition

Bounds = tuple[float, float, float, float]
_MOST_EXACT_M = 2.0
# Where the ground moved by more than a metre in March 2011 (longitude, latitude of the corners).
_MOVED_2011 = (139.0, 35.5, 142.5, 41.6)
_MOVED_MOST_M = 5
_JGD2000 = frozenset({"EPSG:4612", *(f"EPSG:{n}" for n in range(2443, 2462))})
_ZONES_JGD2011, _ZONES_JGD2000, _ZONES_TOKYO = 6668, 2442, 30160
_ERA_JA = {
    "EPSG:6668": "JGD2011",
    "EPSG:4612": "JGD2000",
    "EPSG:4301": "日本測地系",
}


def settled_crs(
    file: str,
    said: str | None,
    manifest: str | None,
    *,
    bounds: Bounds | None = None,
    plane_zone: int | None = None,
    edition: Edition | None = None,
) -> str:
    """The coordinate system of a file.

    Parameters
    ----------
    said, manifest : str or None
        What the file and the manifest say: EPSG name or WKT (also ESRI's).
    bounds : tuple of float, optional
        Of the raw coordinates; with ``plane_zone`` and ``edition`` they only make the question
        better when nobody says.

    Raises
    ------
    UnreadableFileError
        When nobody says, when a name is unknown, or when the two contradict each other.
    """
    if said is None and manifest is None:
        stop(
            file,
            "crs-missing",
            f"座標系がどこにも書かれていません（.prj がありません）。{_likely_ja(bounds, plane_zone, edition)}",
        )
    of_file = _known_crs(file, said, "ファイル") if said is not None else None
    of_manifest = _known_crs(file, manifest, "マニフェスト") if manifest is not None else None
    if of_file is None or of_manifest is None:
        chosen = of_file or of_manifest
        assert chosen is not None
        return _crs_name(chosen)
    if not of_file.equals(of_manifest, ignore_axis_order=True) and _crs_name(of_file) != _crs_name(
        of_manifest
    ):
        stop(
            file,
            "crs-contradicted",
            f"ファイルの座標系（{of_file.name}）と、マニフェストの crs（{of_manifest.name}）が"
            "ちがいます。正しいほうだけを残してください。",
            value=manifest,
        )
    return _crs_name(of_manifest)


def _likely_ja(bounds: Bounds | None, plane_zone: int | None, edition: Edition | None) -> str:
    """The systems a file without one may be in, the likeliest first."""
    if edition is not None:
        names = "か ".join(f'crs = "{name}" （{_ERA_JA[name]}）' for name in edition.crs)
        return (
            f"{edition.title_ja}のようですので、配布元の説明で確かめて、マニフェストに次の1行を"
            f"足してください： {names}"
        )
    if bounds is not None and _is_degrees(bounds):
        return (
            "経度・緯度の数なので、マニフェストに次の1行を足してください："
            ' crs = "EPSG:6668" （JGD2011、いまの資料） か crs = "EPSG:4612" （JGD2000、2012年ごろまでの資料）'
            ' か crs = "EPSG:4301" （日本測地系、2002年より前の資料）'
        )
    if bounds is not None and _is_metres(bounds):
        zone = plane_zone or 9
        which = f"{zone}系" if plane_zone else f"{zone}系のとき"
        return (
            f"平面直角座標系の数のようですので、マニフェストに次の1行を足してください（{which}）："
            f' crs = "EPSG:{_ZONES_JGD2011 + zone}" （JGD2011、いまの資料）'
            f' か crs = "EPSG:{_ZONES_JGD2000 + zone}" （JGD2000、2012年ごろまでの資料）'
            f' か crs = "EPSG:{_ZONES_TOKYO + zone}" （日本測地系、2002年より前の資料）'
        )
    return (
        'マニフェストに次の1行を足してください： crs = "EPSG:6668" （緯度経度のとき。'
        "平面直角座標系なら EPSG:6669〜6687）"
    )


def _is_degrees(bounds: Bounds) -> bool:
    west, south, east, north = bounds
    return -180 <= west <= east <= 180 and -90 <= south <= north <= 90


def _is_metres(bounds: Bounds) -> bool:
    return all(abs(value) < 2_000_000 for value in bounds)


def _known_crs(file: str, text: str, who: str) -> CRS:
    try:
        crs = parse_crs(text)
    except ValueError:
        crs = None
    if crs is None or not (crs.is_geographic or crs.is_projected):
        stop(
            file,
            "crs-unknown",
            f"{who}に書かれた座標系が分かりません。マニフェストの crs に"
            " EPSG の番号（例 EPSG:6668）を書いてください。",
            value=text,
        )
    return crs


def _crs_name(crs: CRS) -> str:
    """An EPSG name where PROJ is sure enough, so that ESRI texts meet their EPSG twins."""
    number = crs.to_epsg(min_confidence=70)
    return f"EPSG:{number}" if number is not None else crs.to_wkt()


def accuracy_warnings(source: str, file: str) -> list[Problem]:
    """A warning where moving to EPSG:4326 costs metres: the Tokyo datum and foreign systems."""
    from pyproj.transformer import TransformerGroup

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # that a finer grid exists elsewhere is what we say below
        group = TransformerGroup(source, STORAGE_CRS, always_xy=True)
    known = [t.accuracy for t in group.transformers if t.accuracy >= 0]
    best = min(known[:1], default=None)
    if best is not None and best <= _MOST_EXACT_M:
        return []
    said = f"{best:.0f} m" if best is not None else "分からない大きさ"
    return [
        warning(
            file,
            "crs-inexact",
            f"座標系「{parse_crs(source).name}」は古いか特別なもので、変換した位置が"
            f" {said}ほどずれることがあります。できれば JGD2011 のデータを使ってください。",
        )
    ]


def moved_ground_warnings(source: str, bounds: Sequence[float], file: str) -> list[Problem]:
    """A warning where JGD2000 is not JGD2011: the ground moved in 2011.

    Parameters
    ----------
    source : str
        The file's coordinate system.
    bounds : sequence of float
        West, south, east, north in EPSG:4326.
    """
    west, south, east, north = bounds
    left, low, right, high = _MOVED_2011
    if source not in _JGD2000 or east < left or west > right or north < low or south > high:
        return []
    return [
        warning(
            file,
            "crs-inexact",
            "座標系が JGD2000 です。東北と関東では、2011年の地震で地面が動いたため、位置が最大"
            f" {_MOVED_MOST_M} m ほどずれることがあります。できれば JGD2011 のデータを使ってください。",
        )
    ]
