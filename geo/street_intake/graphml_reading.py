"""GraphML as OSMnx writes it: nodes with places, edges with texts, read element by element."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any
from xml.etree.ElementTree import ParseError

from geo.intake.features import stop

_PLACED = ("node", "edge")


@dataclass(frozen=True, slots=True)
class GraphmlEdge:
    """One edge: the names of its nodes, and what it tells by name of the attribute."""

    source: str
    target: str
    cells: Mapping[str, str]


@dataclass(slots=True)
class Graphml:
    """What a GraphML holds.

    Parameters
    ----------
    about : dict
        What it tells about itself (``crs``).
    nodes : dict
        Texts of ``x``, ``y`` and ``elevation`` by the name of a node; None where it has none.
    edges : list of GraphmlEdge
    """

    about: dict[str, str] = field(default_factory=dict)
    nodes: dict[str, tuple[str | None, str | None, str | None]] = field(default_factory=dict)
    edges: list[GraphmlEdge] = field(default_factory=list)


def read_graphml(data: bytes, file: str, wanted: frozenset[str]) -> Graphml:
    """Read a GraphML.

    Parameters
    ----------
    data : bytes
    file : str
        Its name for messages.
    wanted : frozenset of str
        Attributes of edges to keep.

    Raises
    ------
    UnreadableFileError
        When it is no GraphML, or an XML with a document type or entities of its own.
    """
    from defusedxml.common import DefusedXmlException

    graph = Graphml()
    try:
        for element, cells in _elements(data):
            kind = _bare(element.tag)
            if kind == "node":
                graph.nodes[element.get("id", "")] = (
                    cells.get("x"),
                    cells.get("y"),
                    cells.get("elevation"),
                )
            elif kind == "edge":
                kept = {name: text for name, text in cells.items() if name in wanted}
                source, target = element.get("source", ""), element.get("target", "")
                graph.edges.append(GraphmlEdge(source, target, kept))
            else:
                graph.about.update(cells)
    except ParseError as error:
        line, column = error.position
        stop(
            file,
            "graphml-broken",
            f"GraphML として読めません（{line} 行目の {column} 文字目）。途中で切れていませんか。",
        )
    except DefusedXmlException:
        stop(
            file,
            "graphml-refused",
            "この XML には、ほかのものを読みこませる書き方（DTD・実体）があるので読みません。",
        )
    except (ValueError, LookupError):  # an encoding nobody knows
        stop(file, "graphml-broken", "GraphML として読めません。UTF-8 で書き出し直してください。")
    return graph


def _elements(data: bytes) -> Iterator[tuple[Any, dict[str, str]]]:
    """Every node and edge when it is whole, and what the graph says of itself; all with cells.

    What was handed over is forgotten at once: a file may be a hundred times a node's size.
    """
    from defusedxml.ElementTree import iterparse

    names: dict[str, str] = {}
    graph: Any = None
    inside = False
    for event, element in iterparse(io.BytesIO(data), events=("start", "end"), forbid_dtd=True):
        kind = _bare(element.tag)
        if event == "start":
            if kind == "graph":
                graph = element
            inside = inside or kind in _PLACED
        elif kind == "key":
            names[element.get("id", "")] = element.get("attr.name", "")
        elif kind in _PLACED:
            inside = False
            yield element, _cells(element, names)
            if graph is not None:
                del graph[:]
        elif kind == "data" and not inside and graph is not None:
            name = names.get(element.get("key", ""))
            if name is not None:
                yield graph, {name: element.text or ""}


def _cells(element: Any, names: Mapping[str, str]) -> dict[str, str]:
    return {
        names[key]: (part.text or "").strip()
        for part in element
        if (key := part.get("key", "")) in names
    }


def _bare(tag: str) -> str:
    return tag.rpartition("}")[2]
