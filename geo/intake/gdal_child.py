"""The only process that runs GDAL on a given file. Run as a script, never imported by the program.

It reads one JSON request per line from standard input and answers each with one JSON line
followed by the WKB bytes that line announces. It limits itself before GDAL is loaded, and it
refuses to work unless every driver but two is gone: GDAL would otherwise open what a file *says*
it is (an OGR VRT, which reads any local file; a path on the network).
"""

from __future__ import annotations

import json
import os
import resource
import sys
from typing import Any

_DRIVERS = frozenset({"ESRI Shapefile", "GPKG"})
_MEMORY_BYTES = 3 << 30
_WRITTEN_BYTES = 1 << 20
_OPEN_FILES = 64
_CPU_S = 120
_ROUND = "OTAKARA_GDAL_CHILD_ROUND"
# Known drivers are named so that the usual start needs one round; a driver this list does not
# know is found after loading, and the process starts itself once more without it.
_KNOWN = (  # noqa: SIM905 - sixty quoted names would hide what this is
    "MEM PCIDSK PDS4 VICAR PDF MBTiles EEDA OGCAPI GDALG LVBAG S57 DGN OGR_VRT CSV GML GPX LIBKML "
    "KML GeoJSON GeoJSONSeq ESRIJSON TopoJSON OGR_GMT SQLite WAsP OpenFileGDB DXF FlatGeobuf "
    "GeoRSS VFK PGDUMP OSM GPSBabel OGR_PDS WFS OAPIF EDIGEO Idrisi ODS XLSX Elasticsearch Carto "
    "AmigoCloud SXF Selafin JML PLSCENES CSW VDV MVT NGW MapML GTFS PMTiles JSONFG MiraMonVector "
    "ADBC AVCBin AVCE00 AIVector HTTP VRT Parquet Arrow NetCDF PostgreSQL MySQL"
).split()


def _limit_self() -> None:
    for kind, limit in (
        (resource.RLIMIT_AS, _MEMORY_BYTES),
        (resource.RLIMIT_FSIZE, _WRITTEN_BYTES),
        (resource.RLIMIT_NOFILE, _OPEN_FILES),
        (resource.RLIMIT_CPU, _CPU_S),
        (resource.RLIMIT_CORE, 0),
    ):
        _, hard = resource.getrlimit(kind)
        bound = limit if hard == resource.RLIM_INFINITY else min(limit, hard)
        resource.setrlimit(kind, (bound, bound))


def _skip_drivers(names: list[str]) -> None:
    # A comma makes GDAL split at commas only, so that names with a blank survive.
    os.environ["OGR_SKIP"] = os.environ["GDAL_SKIP"] = ",".join(names) + ","


def _load_gdal() -> Any:
    _skip_drivers([*_KNOWN, "MapInfo File"])
    extra = os.environ.get(_ROUND)
    if extra is not None:
        _skip_drivers([*_KNOWN, "MapInfo File", *json.loads(extra)])
    # pyogrio imports these when they are there; GDAL does not need them and they cost a second.
    for name in ("pandas", "geopandas", "pyarrow", "shapely", "pyproj"):
        sys.modules[name] = None  # type: ignore[assignment]
    import pyogrio

    left = sorted(set(pyogrio.list_drivers()) - _DRIVERS)
    if left:
        if extra is not None:
            raise SystemExit(f"drivers that cannot be removed: {left}")
        os.environ[_ROUND] = json.dumps(left)
        os.execv(sys.executable, [sys.executable, "-I", __file__])  # noqa: S606
    return pyogrio


def _text(value: Any) -> str:
    """A GPKG cell as a clerk reads it."""
    if value is None or value != value:
        return ""
    if isinstance(value, bool):
        return "1" if value else "0"
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value)
    if isinstance(value, bytes):
        return ""
    text = str(value)
    return "" if text == "NaT" else text.removesuffix("T00:00:00")


def _cells(column: Any) -> list[str]:
    return [_text(cell) for cell in column.tolist()]


def _read(pyogrio: Any, request: dict[str, Any]) -> tuple[dict[str, Any], list[bytes]]:
    path = request["path"]
    if not path.startswith("/") or path.startswith("/vsi") or not os.path.isfile(path):  # noqa: PTH113
        raise ValueError("not a file")
    answer: dict[str, Any] = {"layers": [], "fields": [], "columns": [], "crs": None}
    layer = None
    if request["kind"] == "gpkg":
        layers = [str(name) for name, kind in pyogrio.list_layers(path).tolist() if kind]
        answer["layers"] = layers
        wanted = request.get("layer")
        if wanted is None and len(layers) != 1:
            return answer | {"fault": "layers"}, []
        if wanted is not None and wanted not in layers:
            return answer | {"fault": "layers"}, []
        layer = wanted or layers[0]
    meta, _, geometries, columns = pyogrio.raw.read(path, layer=layer, datetime_as_string=True)
    answer["crs"] = meta["crs"]
    answer["fields"] = [str(name) for name in meta["fields"]]
    answer["columns"] = [_cells(column) for column in columns]
    blobs = [bytes(blob) if blob is not None else b"" for blob in geometries]
    return answer | {"lengths": [len(blob) for blob in blobs]}, blobs


def main() -> None:
    """Answer requests until standard input ends."""
    _limit_self()
    answers = sys.stdout.buffer
    pyogrio = _load_gdal()
    for line in sys.stdin.buffer:
        try:
            answer, blobs = _read(pyogrio, json.loads(line))
        except Exception as error:  # whatever GDAL finds wrong is an answer, not a crash
            answer, blobs = {"fault": "unreadable", "detail": f"{error}"[:300]}, []
        answers.write(json.dumps(answer).encode() + b"\n")
        answers.writelines(blobs)
        answers.flush()


if __name__ == "__main__":
    main()
