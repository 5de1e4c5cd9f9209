"use strict";
// Streets shaded by how far the nearest place is. Nearer is darker, wider and drawn last; what is out
// of reach is thin and dashed: the difference stays in grey, and for every eye.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const PANE = "reach";
  const FINE = 100_000; // parts of a degree, as webmap/coverage/reach_data.py writes them
  const SHADES = [
    { color: "#0b2f5c", weight: 7 },
    { color: "#2b7bba", weight: 5 },
    { color: "#7fb7dc", weight: 4 },
    { color: "#b5d3e7", weight: 3.5 },
  ];
  const NONE = { color: "#6d6459", weight: 2, dashArray: "2 5", lineCap: "butt" };
  const CASING = { color: "#ffffff", more: 3 };
  const BASE_ZOOM = 15;

  // reach: {limits, origin, lines, shades}. Returns {show(day)}: a day is "any", "0" to "6", or null for none.
  Otakara.drawReach = (map, reach, scale = () => 1) => {
    if (!map.getPane(PANE)) {
      map.createPane(PANE).style.zIndex = "335"; // over the veil, under borders and names
      map.getPane(PANE).classList.add("pane-quiet");
    }
    const renderer = L.canvas({ pane: PANE, padding: 0.5 });
    const lines = reach.lines.map((steps) => vertices(steps, reach.origin));
    const count = reach.limits.length;
    // From the back to the front: out of reach, then a white edge under the far ones, then the near.
    const drawn = [];
    const add = (shade, style) => {
      const layer = L.polyline([], { ...style, pane: PANE, renderer, interactive: false, smoothFactor: 1 });
      drawn.push({ shade, layer: layer.addTo(map), weight: style.weight });
    };
    add(count, NONE);
    for (let shade = count - 1; shade >= 0; shade--) {
      const style = SHADES[Math.min(shade, SHADES.length - 1)];
      add(shade, { color: CASING.color, weight: style.weight + CASING.more, lineCap: "butt" });
      add(shade, { ...style, lineCap: "round" });
    }

    const widen = () => {
      const factor = scale() * Math.min(1.7, Math.max(0.45, 2 ** (0.45 * (map.getZoom() - BASE_ZOOM))));
      for (const { layer, weight } of drawn) layer.setStyle({ weight: Math.max(1.2, weight * factor) });
    };
    map.on("zoomend", widen);
    widen();

    return {
      show(day) {
        const ofShade = Array.from({ length: count + 1 }, () => []);
        if (day !== null) lines.forEach((line, i) => ofShade[Number(reach.shades[day][i])].push(line));
        for (const { shade, layer } of drawn) layer.setLatLngs(ofShade[shade]);
      },
    };
  };

  function vertices(steps, [west, south]) {
    const line = [];
    let [x, y] = [west, south];
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      line.push([y / FINE, x / FINE]);
    }
    return line;
  }
})();
