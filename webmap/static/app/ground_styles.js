"use strict";
// How the base map is painted: calm (nothing competes with flags and outline), landmarks (the same,
// a little plainer and stronger, for people new to maps), grey (the wall, and paper).
(() => {
  const Otakara = (globalThis.Otakara ??= {});

  // Street kinds by their number, as geo.model.ground has them.
  const [MOTORWAY, MAIN, SECONDARY, TERTIARY, LOCAL, SERVICE, PEDESTRIAN] = [0, 1, 2, 3, 4, 5, 6];
  const [FOOTWAY, TRACK, STEPS] = [7, 8, 9]; // corridors lie inside or below: not on this map

  const CALM = {
    land: "#f8f5ee",
    water: "#cfe1ec",
    river: "#b9d4e4",
    wood: "#e0ead4",
    park: "#d9eacb",
    farmland: "#f1f0dd",
    building: "#ebe5d8",
    rail: "#aeb3b8",
    railGap: "#ffffff",
    path: "#c3b8a2",
    steps: "#b9a78b",
    casing: "#cac0ac",
    street: "#ffffff",
    secondary: { fill: "#fffaea", casing: "#d9cba6" },
    main: { fill: "#fff1cd", casing: "#d6bf86" },
  };
  const STYLES = {
    calm: CALM,
    landmarks: {
      ...CALM,
      water: "#bfdaea",
      river: "#a3c8de",
      wood: "#d8e8c9",
      park: "#cbe4b8",
      building: "#f3f0e8",
      casing: "#bfb39b",
      secondary: { fill: "#fff3cf", casing: "#cdb77d" },
      main: { fill: "#ffe6a8", casing: "#c9a85a" },
    },
    grey: {
      land: "#ffffff",
      water: "#d9e0e7",
      river: "#cbd4dc",
      wood: "#f1f3f0",
      park: "#ebeeea",
      farmland: "#f9f9f8",
      building: "#f4f5f6",
      rail: "#a9b1b9",
      railGap: "#ffffff",
      path: "#bfc7cf",
      steps: "#b8bfc7",
      casing: "#c2cad1",
      street: "#ffffff",
      secondary: { fill: "#ffffff", casing: "#b1bac3" },
      main: { fill: "#e8ebee", casing: "#a3adb7" },
    },
  };

  // Width of a street in pixels by zoom, the greatest streets last: they are painted over the rest.
  const STREETS = [
    { kinds: [SERVICE], from: 15, colors: "street", widths: [[15, 1.4], [16, 2.4], [17, 4.5], [18, 8], [19, 14]] },
    { kinds: [PEDESTRIAN], from: 14, colors: "street", widths: [[14, 1.2], [15, 2], [16, 3.4], [17, 6], [18, 10], [19, 17]] },
    { kinds: [LOCAL], from: 13, colors: "street", widths: [[13, 0.9], [14, 1.7], [15, 3], [16, 5], [17, 8.5], [18, 14], [19, 24]] },
    { kinds: [TERTIARY], from: 11, colors: "street", widths: [[11, 1], [13, 2], [14, 3], [15, 4.6], [16, 7], [17, 11], [18, 18], [19, 30]] },
    { kinds: [SECONDARY], from: 9, colors: "secondary", widths: [[9, 0.8], [11, 1.3], [13, 2.5], [14, 3.6], [15, 5.4], [16, 8.5], [17, 13], [18, 21], [19, 34]] },
    { kinds: [MOTORWAY, MAIN], from: 0, colors: "main", widths: [[8, 0.9], [11, 1.7], [13, 3], [14, 4.4], [15, 6.4], [16, 10], [17, 15], [18, 24], [19, 38]] },
  ];
  const PATHS = [[14, 0.8], [15, 1], [16, 1.4], [17, 2], [18, 3], [19, 4]];
  const EDGE = [[10, 0.6], [14, 1.1], [16, 1.6], [19, 2.6]]; // what a casing adds to either side, together
  const RIVER = [[8, 0.8], [12, 1.6], [14, 3], [16, 6], [19, 16]];
  const STREAM = [[14, 0.8], [16, 1.8], [19, 5]];
  const RAIL = [[8, 0.8], [12, 1.6], [14, 2.6], [16, 4], [19, 7]];

  Otakara.groundColor = (style) => STYLES[style].land;

  // scale: how much wider every line is than on a reader's own screen.
  Otakara.groundPaint = (style, scale = 1) => {
    const colors = STYLES[style];
    const wide = (stops) => {
      const at = protomapsL.linear(stops);
      return (z) => scale * at(z);
    };
    return [
      surface("green", "farmland", colors.farmland),
      surface("green", "wood", colors.wood),
      surface("green", "park", colors.park),
      surface("water", "sea", colors.water),
      surface("water", "lake", colors.water),
      line("water", isKind("stream"), colors.river, wide(STREAM)),
      line("water", isKind("river"), colors.river, wide(RIVER)),
      { dataLayer: "building", minzoom: 14, symbolizer: new protomapsL.PolygonSymbolizer({ fill: colors.building }) },
      ...paths(colors, wide),
      ...streets(colors, wide, (props) => props.tunnel === 1, { opacity: 0.45, caps: "butt" }),
      ...streets(colors, wide, (props) => !props.tunnel && !props.bridge),
      ...rail(colors, wide),
      ...streets(colors, wide, (props) => props.bridge === 1, { caps: "butt" }),
    ];
  };

  function isKind(kind) {
    return (_, { props }) => props.kind === kind;
  }

  function surface(layer, kind, fill) {
    const filter = (_, { props, geomType }) => props.kind === kind && geomType === protomapsL.GeomType.Polygon;
    return { dataLayer: layer, filter, symbolizer: new protomapsL.PolygonSymbolizer({ fill }) };
  }

  function line(layer, filter, color, width, { minzoom, ...more } = {}) {
    const look = { color, width, lineCap: "round", lineJoin: "round", ...more };
    return { dataLayer: layer, filter, minzoom, symbolizer: new protomapsL.LineSymbolizer(look) };
  }

  // Ways for feet alone: a row of dashes; steps: short bars across.
  function paths(colors, wide) {
    const width = wide(PATHS);
    const isOf = (kinds) => (_, { props }) => kinds.includes(props.kind) && !props.tunnel;
    const bars = { minzoom: 14, lineCap: "butt", dash: [1.4, 1.4] };
    return [
      line("street", isOf([FOOTWAY, TRACK]), colors.path, width, { ...bars, dash: [4, 2.5] }),
      line("street", isOf([STEPS]), colors.steps, (z) => 2.2 * width(z), bars),
    ];
  }

  // First every edge, then every surface: where two streets meet, no edge crosses them.
  // caps: of the edges; a bridge and a tunnel are open at both ends.
  function streets(colors, wide, belongs, { opacity = 1, caps = "round" } = {}) {
    const edge = wide(EDGE);
    const rules = STREETS.map(({ kinds, from, colors: name, widths }) => {
      const { fill, casing } = name === "street" ? { fill: colors.street, casing: colors.casing } : colors[name];
      const filter = (_, { props }) => kinds.includes(props.kind) && belongs(props);
      const width = wide(widths);
      const more = { minzoom: from, opacity };
      return [
        line("street", filter, casing, (z) => width(z) + edge(z), { ...more, lineCap: caps }),
        line("street", filter, fill, width, more),
      ];
    });
    return [...rules.map(([casing]) => casing), ...rules.map(([, fill]) => fill)];
  }

  // As on the maps of school: a dark line with light pieces in it.
  function rail(colors, wide) {
    const width = wide(RAIL);
    const all = () => true;
    return [
      line("rail", all, colors.rail, width, { lineCap: "butt" }),
      line("rail", all, colors.railGap, (z) => 0.5 * width(z), { minzoom: 13, lineCap: "butt", dash: [7, 7] }),
    ];
  }
})();
