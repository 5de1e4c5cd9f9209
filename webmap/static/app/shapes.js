"use strict";
// Where a name fits inside an area: the widest free stretch of a few horizontal lines through it.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const LINES = 15;

  // All rings of a (Multi)Polygon; holes count as edges, which is what even-odd crossing wants.
  Otakara.ringsOf = (geometry) => {
    if (!geometry) return [];
    if (geometry.type === "Polygon") return geometry.coordinates;
    if (geometry.type === "MultiPolygon") return geometry.coordinates.flat();
    return [];
  };

  // rings: arrays of {x, y} in pixels; view: [left, top, right, bottom].
  // Returns candidate places {x, y, width}, widest first.
  Otakara.labelPlaces = (rings, view) => {
    let top = Infinity;
    let bottom = -Infinity;
    for (const ring of rings) {
      for (const point of ring) {
        if (point.y < top) top = point.y;
        if (point.y > bottom) bottom = point.y;
      }
    }
    top = Math.max(top, view[1]);
    bottom = Math.min(bottom, view[3]);
    if (!(bottom > top)) return [];
    const places = [];
    for (let k = 1; k <= LINES; k++) {
      const y = top + ((bottom - top) * k) / (LINES + 1);
      const crossings = [];
      for (const ring of rings) {
        for (let i = 1; i < ring.length; i++) {
          const a = ring[i - 1];
          const b = ring[i];
          if (a.y > y !== b.y > y) crossings.push(a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x));
        }
      }
      crossings.sort((a, b) => a - b);
      for (let i = 0; i + 1 < crossings.length; i += 2) {
        const left = Math.max(crossings[i], view[0]);
        const right = Math.min(crossings[i + 1], view[2]);
        if (right > left) {
          const middle = 1 - Math.abs(k / (LINES + 1) - 0.5); // the middle is the calmer place
          places.push({ x: (left + right) / 2, y, width: right - left, weight: (right - left) * middle });
        }
      }
    }
    places.sort((a, b) => b.weight - a.weight || a.y - b.y);
    places.step = (bottom - top) / (LINES + 1); // widths times step: about the area in sight
    return places;
  };
})();
