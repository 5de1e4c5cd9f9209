"use strict";
// The base map under a treasure map: lines and surfaces painted by protomaps-leaflet from our own
// tiles, names over them, a veil over what is not this area, and the switch of its style.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const CALM = "calm";
  const LANDMARKS = "landmarks";
  const FINE = 2; // canvas pixels per point: tiles are drawn between two zooms, too
  const TOP_ZOOM = 19;
  let GroundNames = null;

  // look: of the map view, with `ground: {style, scale(), textSize()}` where it is not a reader's screen.
  // Returns null where the answer has no base map.
  Otakara.createGround = (map, data, look) => {
    if (!data.ground) return null;
    const wall = look.ground ?? null;
    const { bounds, max_zoom: deepest } = data.ground;
    const asked = new URLSearchParams(location.search).get("map"); // a file has no server to read it
    let style = wall?.style ?? ([data.ground.style, asked].includes(LANDMARKS) ? LANDMARKS : CALM);
    const lineScale = () => wall?.scale() ?? 1;
    const nameLook = () =>
      Otakara.groundLook(style, { scale: wall ? 1 : Otakara.scale(), textSize: wall?.textSize() ?? null });

    const frame = [[bounds[1], bounds[0]], [bounds[3], bounds[2]]];
    const shelf = Otakara.openGround(data.ground);
    const view = new protomapsL.View(shelf, deepest, 0);
    const tiles = protomapsL.leafletLayer({
      url: shelf, // the library insists on a source; the view below takes its place
      attribution: "", // whose data this is stands in the page's own words
      lang: "ja",
      bounds: frame,
      maxZoom: TOP_ZOOM,
      maxDataZoom: deepest,
      devicePixelRatio: FINE,
      keepBuffer: 1,
      updateWhenZooming: false,
      paintRules: Otakara.groundPaint(style, lineScale()),
      backgroundColor: Otakara.groundColor(style),
    });
    tiles.views = new Map([["", view]]);
    const pane = map.createPane("ground-tiles");
    pane.style.zIndex = "250";
    pane.setAttribute("aria-hidden", "true");
    pane.classList.add("pane-quiet");
    tiles.options.pane = "ground-tiles";
    const namesPane = map.createPane("ground-names");
    namesPane.style.zIndex = "345"; // over dashed lines, under the outline
    namesPane.classList.add("pane-quiet");

    GroundNames ??= Otakara.defineGroundNames();
    let obstacles = () => [];
    const names = new GroundNames({
      view,
      look: nameLook,
      obstacles: () => obstacles(),
      rings: outlines(data),
      firm: data.kind === "area",
    });

    const dress = () => (map.getContainer().dataset.ground = style);
    const ground = {
      veil: () => veil(map, data, frame),
      // Flags and areas' names are there: what is left of the room is for names of the base map.
      addNames(taken) {
        obstacles = taken;
        names.addTo(map);
      },
      place: () => names.place(),
      labels: () => names.labels(),
      style: () => style,
      dress(wanted = style) {
        style = wanted;
        tiles.paintRules = Otakara.groundPaint(style, lineScale());
        tiles.backgroundColor = Otakara.groundColor(style);
        tiles.rerenderTiles();
        names.place();
        dress();
      },
    };
    dress();
    tiles.addTo(map);
    if (!wall) ground.button = (box) => addSwitch(box, ground);
    Otakara.ground = ground;
    return ground;
  };

  // Of the area itself, or of every area of the town.
  function outlines(data) {
    const areas = data.kind === "area" ? [data.area] : data.sub_areas;
    return areas.flatMap((area) => Otakara.ringsOf(area?.outline)).map((ring) => ring.map(([x, y]) => L.latLng(y, x)));
  }

  // Paper laid thinly over everything outside the area, or outside the town; and a fine line where
  // the base map ends, as on a printed sheet.
  function veil(map, data, frame) {
    L.rectangle(frame, { pane: "ground", className: "ground-frame", fill: false, weight: 1, interactive: false }).addTo(map);
    const inner = outlines(data);
    if (!inner.length) return;
    const world = [[-85, -180], [-85, 180], [85, 180], [85, -180]];
    L.polygon([world, ...inner], {
      pane: "ground",
      className: "ground-veil",
      renderer: L.svg({ pane: "ground", padding: 1 }), // so that a drag finds it there already
      stroke: false,
      fillOpacity: 1,
      interactive: false,
    }).addTo(map);
  }

  // One press, and the landmarks are large; another, and the map is as before. The address says it.
  function addSwitch(box, ground) {
    const button = L.DomUtil.create("button", "map-button map-style", box);
    button.type = "button";
    const write = () => {
      const other = ground.style() === LANDMARKS ? Otakara.say("ふつうの地図") : Otakara.say("目印を大きく");
      button.textContent = other;
      button.setAttribute("aria-label", Otakara.say("地図の見え方：%(look)s", { look: other }));
    };
    button.addEventListener("click", () => {
      ground.dress(ground.style() === LANDMARKS ? CALM : LANDMARKS);
      write();
      Otakara.keepView("map", ground.style() === LANDMARKS ? LANDMARKS : "");
    });
    write();
  }
})();
