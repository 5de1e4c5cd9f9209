"use strict";
// Pictures from outside under the map, where a town has switched them on: they take the place of
// the base map, and have names of their own. Where they cannot be had, there is paper.
(() => {
  const Otakara = (globalThis.Otakara ??= {});

  // Returns what the map view does with a base map; null where there are no pictures.
  Otakara.createPictures = (map, data) => {
    if (!data.outside_tiles) return null;
    const { url, max_zoom: deepest } = data.outside_tiles;
    const pane = map.createPane("pictures");
    pane.style.zIndex = "250";
    pane.setAttribute("aria-hidden", "true");
    pane.classList.add("pane-quiet");
    const attribution = ""; // whose pictures these are stands in the page's own words
    L.tileLayer(url, { pane: "pictures", maxNativeZoom: deepest, maxZoom: map.getMaxZoom(), attribution }).addTo(map);
    const nothing = () => {};
    return { veil: nothing, button: nothing, addNames: nothing, place: nothing, dress: nothing, labels: () => [] };
  };
})();
