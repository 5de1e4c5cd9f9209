"use strict";
// What every page with a map beside its words does: read the map's data, keep the map whole when its
// pane changes, and tell where a table is wider than its box.
(() => {
  const Otakara = (globalThis.Otakara ??= {});

  // What stands in the page itself, or under the address that the pane names.
  Otakara.readMapData = async (pane) => {
    const inside = document.getElementById("map-data");
    if (inside) return JSON.parse(inside.textContent);
    const answer = await fetch(pane.dataset.url, { headers: { Accept: "application/json" } });
    if (!answer.ok) throw new Error(`map data: ${answer.status}`);
    return answer.json();
  };

  // Turned, split or magnified: the pane changes, and who has not moved the map sees all of it again.
  Otakara.keepMapSize = (map, data, look) => {
    const box = map.getContainer();
    let moved = false;
    for (const kind of ["pointerdown", "wheel", "keydown"]) {
      box.addEventListener(kind, () => (moved = true), { passive: true, capture: true });
    }
    let size = `${box.clientWidth} ${box.clientHeight}`;
    new ResizeObserver(() => {
      const now = `${box.clientWidth} ${box.clientHeight}`;
      if (now === size) return;
      size = now;
      map.invalidateSize({ pan: moved });
      if (!moved) Otakara.fitMap(map, data, look);
    }).observe(box);
  };

  // A table wider than its box says so.
  Otakara.watchTables = () => {
    const watchWidth = new ResizeObserver((boxes) => {
      for (const { target } of boxes) target.classList.toggle("table-scrolls", target.scrollWidth > target.clientWidth + 1);
    });
    for (const box of document.querySelectorAll("[data-table]")) watchWidth.observe(box);
  };
})();
