"use strict";
// The map: outlines, quiet backdrops, names, and the flags. Words enter only as textContent.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const NAVY = "#1d3a5f";
  const PANES = ["around", "ground", "parts", "backdrop", "lines", "border", "names"];
  const DEFAULT_ZOOM = 15;
  const MANY_FLAGS = 500;

  // On a reader's own screen; the hall brings a look of its own.
  const DESK = {
    sheet: "#fffefa",
    around: "#f3efe6",
    aroundLine: "#a79f90",
    partLine: { color: "#3d5878", weight: 2, dashArray: "8 5" },
    border: { color: NAVY, weight: 4 },
    backdrop: pale,
    spot: "#8b929a",
    grow: () => 1, // of everything that keeps a distance from the edges
    flags: {},
    buttons: true,
    across: true, // what lies across the border
  };

  Otakara.createMapView = (map, data, look = DESK) => {
    map.setMinZoom(8).setMaxZoom(19);
    // Gliding with hundreds of flags only stutters; and who asked for stillness gets it.
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    if (still || data.flags.length > MANY_FLAGS) map._zoomAnimated = false;
    PANES.forEach((name, i) => {
      map.createPane(name).classList.add(`pane-${name}`);
      map.getPane(name).classList.toggle("pane-quiet", !["around", "parts"].includes(name));
      map.getPane(name).style.zIndex = String(300 + 10 * i);
    });
    Otakara.fitMap(map, data, look);
    const ground = Otakara.createPictures?.(map, data) ?? Otakara.createGround?.(map, data, look) ?? null;
    // Surfaces lie under roads and rivers, lines above them: a boundary along a road stays visible.
    const links = [];
    for (const area of data.neighbours) links.push(draw(map, area, "around", aroundStyle(area, look, ground)));
    const sheet = { className: "area-ground", stroke: false, fillColor: look.sheet, fillOpacity: 1 };
    if (ground) ground.veil();
    else if (data.area?.outline) draw(map, data.area, "ground", sheet);
    for (const area of data.sub_areas) links.push(draw(map, area, "parts", partStyle(data, area, look, ground)));
    for (const feature of data.backdrops) drawBackdrop(map, feature, look);
    for (const style of lineStyles(data, look)) {
      for (const area of data.sub_areas) draw(map, area, "lines", style);
    }
    if (data.area?.outline) {
      for (const style of edge(look.border, 2 * look.border.weight)) draw(map, data.area, "border", style);
    }
    if (look.buttons) addControls(map, data, ground);
    const flags = new Otakara.FlagLayer(data, look.flags);
    flags.addTo(map);
    flags.across = look.across ? Otakara.drawAcross(map, data.across ?? []) : null;
    const standing = () => [...flags.boxes(), ...(flags.across?.boxes() ?? [])];
    const names = new Otakara.NameLayer(data, standing);
    names.addTo(map);
    names.onPlace = () => ground?.place();
    flags.onLayout = () => names.place();
    ground?.addNames(() => [...standing(), ...flags.smallBoxes(), ...names.boxes()]);
    flags.onSelect = () => ground?.place();
    flags.ground = ground;
    for (const link of links) if (link) wireLink(link, names);
    wireTables(data, names);
    return flags;
  };

  // An area leads to its own map; pointed at, it says its name.
  function wireLink({ area, layer }, names) {
    layer.on("click", () => location.assign(Otakara.kept(area.href)));
    layer.on("mouseover", () => names.lift(area));
    layer.on("mouseout", () => names.lift(null));
  }

  // The line of a table shows where its area is.
  function wireTables(data, names) {
    const byHref = new Map(data.sub_areas.map((area) => [Otakara.kept(area.href), area]));
    for (const link of document.querySelectorAll(".level-block tbody a")) {
      const area = byHref.get(link.getAttribute("href"));
      if (!area) continue;
      for (const begin of ["pointerenter", "focus"]) link.addEventListener(begin, () => names.lift(area));
      for (const end of ["pointerleave", "blur"]) link.addEventListener(end, () => names.lift(null));
    }
  }

  Otakara.fitMap = (map, data, look = DESK) => {
    const bounds = boundsOf(data);
    if (!bounds) {
      map.setView([35, 135], DEFAULT_ZOOM);
      return;
    }
    const wide = map.getSize().x > 600;
    const flags = data.kind === "area"; // they stand up and to the right
    const grow = look.grow(); // on a wall the flags are larger
    const padding = (x, y) => [x * grow, y * grow];
    const snap = map.options.zoomSnap;
    map.options.zoomSnap = 0; // as large as it will go
    map.fitBounds(bounds, {
      animate: false,
      paddingTopLeft: flags ? padding(wide ? 24 : 32, wide ? 48 : 40) : [16, 14],
      paddingBottomRight: wide ? padding(66, 34) : flags ? [46, 34] : [18, 30],
      maxZoom: 17,
    });
    map.options.zoomSnap = snap;
  };

  function boundsOf(data) {
    if (!data.bounds) return null;
    const [west, south, east, north] = data.bounds;
    const box = L.latLngBounds([south, west], [north, east]);
    if (data.kind === "town" || data.area?.outline) return box;
    // Nobody has drawn this area: its places are shown with what lies around them.
    const reach = Math.max(east - west, north - south, 0.008);
    return box.extend([south - reach / 2, west - reach / 2]).extend([north + reach / 2, east + reach / 2]);
  }

  // Over a base map, areas are there to be pressed and to be pointed at, not to be seen.
  function aroundStyle(area, { around, aroundLine }, ground) {
    const className = area.href ? "area-link" : "";
    return { className, color: aroundLine, weight: 1.25, fillColor: around, fillOpacity: ground ? 0.01 : 1 };
  }

  function partStyle(data, area, { sheet }, ground) {
    const className = area.href ? "area-link" : "";
    return { className, stroke: false, fillColor: sheet, fillOpacity: data.kind === "town" && !ground ? 1 : 0.01 };
  }

  function lineStyles(data, { partLine }) {
    if (data.kind === "town") return edge({ color: NAVY, weight: 2.5 }, 5.5);
    return edge(partLine, 5);
  }

  // A line on a white one, so that it reads on whatever lies below.
  function edge(line, casing) {
    const bare = { fill: false, interactive: false };
    return [{ ...bare, color: "#ffffff", weight: casing, opacity: 0.9 }, { ...bare, ...line, opacity: 1 }];
  }

  function draw(map, area, pane, style) {
    if (!area.outline) return null;
    const interactive = Boolean(area.href) && style.interactive !== false;
    const layer = L.geoJSON(area.outline, { pane, style: { ...style, pane }, interactive }).addTo(map);
    return interactive ? { area, layer } : null;
  }

  function drawBackdrop(map, feature, { backdrop, spot }) {
    const color = backdrop(feature.color);
    const style = { pane: "backdrop", color, weight: 3, opacity: 1, fillColor: color, fillOpacity: 0.45, interactive: false };
    L.geoJSON(feature.geometry, {
      pane: "backdrop",
      style,
      interactive: false,
      pointToLayer: (_, at) => L.circleMarker(at, { ...style, radius: 4, weight: 2, color: spot, fillColor: "#ffffff", fillOpacity: 1 }),
    }).addTo(map);
  }

  // The layer's own colour, far back: a river stays blue, and no line competes with a boundary.
  function pale(color) {
    const known = /^#[0-9a-fA-F]{6}$/.test(color ?? "") ? color : "#7d858d";
    const mixed = [1, 3, 5].map((at) => Math.round(0.4 * parseInt(known.slice(at, at + 2), 16) + 0.6 * 250));
    return `rgb(${mixed.join(",")})`;
  }

  function addControls(map, data, ground) {
    const Buttons = L.Control.extend({
      onAdd() {
        const box = L.DomUtil.create("div", "map-buttons");
        button(box, "＋", Otakara.say("地図を大きくする"), () => map.zoomIn(1));
        button(box, "－", Otakara.say("地図を小さくする"), () => map.zoomOut(1));
        button(box, Otakara.say("全体"), Otakara.say("地区の全体を見る"), () => Otakara.fitMap(map, data));
        ground?.button?.(box);
        L.DomEvent.disableClickPropagation(box);
        return box;
      },
    });
    new Buttons({ position: "topright" }).addTo(map);
    L.control.scale({ imperial: false, maxWidth: 140, position: "bottomleft" }).addTo(map);
  }

  function button(box, text, label, press) {
    const made = L.DomUtil.create("button", "map-button", box);
    made.type = "button";
    made.textContent = text;
    made.setAttribute("aria-label", label);
    made.title = label;
    made.addEventListener("click", press);
  }
})();
