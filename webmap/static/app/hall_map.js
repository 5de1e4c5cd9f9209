"use strict";
// The map of the hall: the same map with the look of a wall. Pale grey ground, dark flags.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const SHELL = { zoomControl: false, attributionControl: false, zoomSnap: 0.25, zoomDelta: 0.5, fadeAnimation: false };

  const WALL_TEXT = 0.024; // of the height of the wall, so that the last row reads it
  const grow = () => Math.min(2, Math.max(0.9, innerHeight / 620));
  const LOOK = {
    sheet: "#f7f8f9",
    around: "#e9ecef",
    aroundLine: "#b9c0c7",
    partLine: { color: "#8d96a0", weight: 2, dashArray: "7 6" },
    border: { color: "#1d3a5f", weight: 5 },
    backdrop: () => "#c6ccd3",
    spot: "#7d868f",
    grow,
    flags: { scale: grow, controls: 8, chosenFirst: true },
    ground: { style: "grey", scale: grow, textSize: () => WALL_TEXT * Math.min(innerHeight, innerWidth / 1.33) },
    buttons: false,
  };

  // What folium's shell makes on a page of its own, for a page that has another map already.
  Otakara.makeHallMap = (pane) => {
    const element = document.createElement("div");
    element.className = "treasure-map";
    pane.append(element);
    return L.map(element, SHELL);
  };

  // colors: what a layer's flags are dyed with here; choose(numbers): a flag was pressed.
  // Returns {select(number), resize()}.
  Otakara.createHallMap = (map, data, colors, choose) => {
    Otakara.FlagLayer ??= Otakara.defineFlagLayer();
    Otakara.NameLayer ??= Otakara.defineNameLayer();
    const dark = { ...data, layers: data.layers.map((layer) => ({ ...layer, color: colors[layer.id] })) };
    map.keyboard.disable(); // the arrows step from treasure to treasure
    const box = map.getContainer();
    box.tabIndex = -1;
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", Otakara.say("地図"));
    map.invalidateSize({ pan: false });
    const flags = Otakara.createMapView(map, dark, LOOK);
    const drawn = flags.ground;
    flags.onChoose = choose;
    const resize = () => {
      map.invalidateSize({ pan: false });
      Otakara.fitMap(map, dark, LOOK);
      flags.rescale();
      drawn?.dress();
    };
    return { select: (number) => flags.select(number), resize };
  };
})();
