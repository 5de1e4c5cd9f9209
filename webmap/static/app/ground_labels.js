"use strict";
// Which names the base map may show, in which order, and how each could be set. Pure: tiles and a
// measure of text go in, candidates come out; where they find room is decided in ground_names.js.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const FAMILY = '"BIZ UDPGothic"';

  // The kinds in the order in which they take their room, and the zoom from which they are named.
  const FROM = {
    station: 11,
    school: 13,
    clinic: 13,
    hall: 13.5,
    place: 13.5,
    water: 9,
    mountain: 11,
    library: 14,
    park: 14,
    post_office: 14,
    shrine: 14,
    temple: 14,
    street: 13,
    shop: 14.5,
    other: 14.5,
  };
  const ORDER = Object.keys(FROM);
  const STREETS_FROM = [13, 13, 13, 15]; // by the number of their kind; what is smaller, from the last
  const SMALL_STREETS_FROM = 16;
  const CORRIDOR = 10; // inside a building or under the ground
  const ON_A_WALL = new Set(["station", "school", "clinic", "hall", "water", "mountain", "street"]);
  const QUIET = new Set(["place", "water", "mountain", "street"]); // what lies there, not what one steers by
  const SEEN_FROM_AFAR = new Set(["station", "school", "clinic", "water", "mountain", "shrine", "temple", "street"]);
  const NAMED_ONCE = new Set(["street", "water", "place"]); // elsewhere two may share a name: a shrine, a shop
  const TWINS = 240; // pixels within which two of one name are one
  const BEND = 0.985; // of a stretch's length that its ends must be apart for words to run along it
  const STEP = 24; // pixels from one try along a street to the next
  const LONG_NAME = 6; // letters
  const LINE = 1.25; // height of a line, in letters
  const STEEP = 2; // a street's rise over its run, from which its name is set downwards
  const UPRIGHT = /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}ー々ヶ・]+$/u;
  const TURNED = /[ー・]/;
  const HELD = [/[（(「]$/, /^(?:丁目|番|[）)」、。ー・ぁぃぅぇぉっゃゅょァィゥェォッャュョヶ])/]; // no line ends so, none begins so

  const INKS = { water: "#2c5f85", park: "#3c6a34", mountain: "#5c5140", street: "#6b6150", place: "#5a5348" };
  const LOOKS = {
    calm: { weight: 400, size: 14, quiet: 13, sign: 16, halo: 3.5, ink: "#4d5761", signInk: "#6b7580", inks: INKS, plate: null },
    landmarks: { weight: 700, size: 17, quiet: 15, sign: 28, halo: 4.5, ink: "#28323c", signInk: "#28323c", inks: { ...INKS, street: "#5a4f3b" }, plate: "#5d6872" },
    grey: { weight: 400, size: 14, quiet: 14, sign: 16, halo: 4, ink: "#111111", signInk: "#3a4148", inks: {}, plate: null, only: ON_A_WALL, streets: 2 },
  };
  const LEAST = { calm: 12, landmarks: 15, grey: 12 };

  // textSize: pixels that a wall asks for instead of the style's own.
  Otakara.groundLook = (style, { scale = 1, textSize = null } = {}) => {
    const look = LOOKS[style];
    const grow = textSize ? textSize / look.size : Math.max(scale, LEAST[style] / look.quiet);
    const typeOf = (kind) => {
      const quiet = QUIET.has(kind);
      const size = grow * (quiet ? look.quiet : look.size);
      return { size, weight: quiet ? 400 : look.weight, ink: look.inks[kind] ?? look.ink };
    };
    return {
      sign: look.sign * grow,
      halo: look.halo * grow,
      plate: look.plate,
      signInkOf: (kind) => look.inks[kind] ?? look.signInk,
      typeOf: (kind) => ({ ...typeOf(kind), font: fontOf(typeOf(kind)) }),
      names: (kind, zoom) => kind in FROM && zoom >= FROM[kind] && (!look.only || look.only.has(kind)),
      namesStreet: (kind, zoom) => kind <= (look.streets ?? kind) && zoom >= (STREETS_FROM[kind] ?? SMALL_STREETS_FROM),
    };
  };

  function fontOf({ weight, size }) {
    return `${weight} ${size}px ${FAMILY}`;
  }

  // tiles: [{labels, streets, place(point)}], place giving pixels of the view.
  // Returns [{name, kind, at | lines}] in the order in which they take their room.
  Otakara.groundNames = (tiles, zoom, look) => {
    const found = new Map();
    for (const { labels, streets, place } of tiles) {
      for (const { props, geom } of labels) {
        // A street's name runs along the street, wherever that is in sight.
        if (!props.name || props.kind === "street" || !look.names(props.kind, zoom)) continue;
        const at = place(geom[0][0]);
        const own = NAMED_ONCE.has(props.kind) ? "" : ` ${Math.round(at.x)} ${Math.round(at.y)}`;
        const key = `${props.kind} ${props.name}${own}`;
        if (!found.has(key)) found.set(key, { name: props.name, kind: props.kind, rank: props.rank ?? 0, at, lines: [] });
      }
      if (!look.names("street", zoom)) continue;
      for (const { props, geom } of streets) {
        if (!props.name || props.tunnel || props.kind === CORRIDOR || !look.namesStreet(props.kind, zoom)) continue;
        const key = `street ${props.name}`;
        const street = found.get(key) ?? { name: props.name, kind: "street", rank: 0, order: props.kind, at: null, lines: [] };
        street.order = Math.min(street.order ?? props.kind, props.kind);
        street.lines.push(...geom.map((line) => line.map(place)));
        found.set(key, street);
      }
    }
    const order = ({ kind }) => ORDER.indexOf(kind);
    return [...found.values()].sort(
      (a, b) => order(a) - order(b) || a.rank - b.rank || (a.order ?? 0) - (b.order ?? 0) || (a.name < b.name ? -1 : 1),
    );
  };

  // Of what lies outside the area, only what helps to find one's way to it.
  Otakara.isSeenFromAfar = ({ kind }) => SEEN_FROM_AFAR.has(kind);

  // What has a sign may stand a little aside: that shows more than leaving it out.
  Otakara.groundShifts = (one, { sign }) => {
    if (!one.at || !Otakara.hasGroundSign(one.kind)) return [[0, 0]];
    const round = [[0, -1], [1, 0], [0, 1], [-1, 0], [0.7, -0.7], [0.7, 0.7], [-0.7, 0.7], [-0.7, -0.7]];
    return [[0, 0], ...[0.6, 0.95].flatMap((far) => round.map(([x, y]) => [far * sign * x, far * sign * y]))];
  };

  // Whether a name stands already, near enough to be the same thing.
  Otakara.isTwin = (one, placed) =>
    placed.some(
      (other) =>
        other.name === one.name &&
        (NAMED_ONCE.has(one.kind) || !one.at || !other.at || Math.hypot(one.at.x - other.at.x, one.at.y - other.at.y) < TWINS),
    );

  // Ways to set a name, the best first: [{pieces, boxes, sign}], pieces being [{text, x, y, angle}] by
  // their middles, boxes what the words cover, sign what its sign covers, or null.
  // shift: pixels by which a sign and its name stand aside.
  Otakara.groundForms = (one, look, measureIn, [dx, dy] = [0, 0]) => {
    const { size, font } = look.typeOf(one.kind);
    const type = { size, sign: look.sign };
    const measure = (text) => measureIn(font, text);
    if (one.lines.length) return alongStreet(one, type, measure);
    const texts = [[one.name], ...broken(one.name)];
    if (!Otakara.hasGroundSign(one.kind)) return texts.flatMap((text) => onPoint(one, text, type, measure));
    const at = { x: one.at.x + dx, y: one.at.y + dy };
    return texts.flatMap((text) => besideSign({ at }, text, type, measure));
  };

  // Lines of text around a middle.
  function block(text, x, y, width, height, type, sign = null) {
    const line = LINE * type.size;
    const top = y - ((text.length - 1) * line) / 2;
    const pieces = text.map((words, i) => ({ text: words, x, y: top + i * line, angle: 0 }));
    return { pieces, boxes: [around(x, y, width, height)], sign };
  }

  function sizeOf(text, type, measure) {
    return [Math.max(...text.map(measure)), LINE * type.size * text.length];
  }

  function besideSign({ at: { x, y } }, text, type, measure) {
    const [width, height] = sizeOf(text, type, measure);
    const half = type.sign / 2;
    const gap = half + 0.25 * type.size;
    const sign = [x - half, y - half, x + half, y + half];
    const right = [x + gap + width / 2, y];
    const left = [x - gap - width / 2, y];
    const below = [x, y + half + height / 2 + 1];
    const above = [x, y - half - height / 2 - 1];
    const first = text.length > 1 ? [below, right, left, above] : [right, left, below, above];
    const corners = [below, above].flatMap(([, cy]) => [1, -1].map((side) => [x + (side * width) / 2.4, cy]));
    return [...first, ...corners].map(([cx, cy]) => block(text, cx, cy, width, height, type, sign));
  }

  function onPoint({ at: { x, y } }, text, type, measure) {
    const [width, height] = sizeOf(text, type, measure);
    const spots = [[0, 0], [0, 1], [0, -1], [0.6, 0], [-0.6, 0], [0.6, 1], [-0.6, 1], [0.6, -1], [-0.6, -1]];
    return spots.map(([dx, dy]) => block(text, x + dx * width, y + dy * height, width, height, type));
  }

  // Straight stretches of a street that are long enough, those nearest its middle first.
  function alongStreet({ name, lines }, type, measure) {
    const tries = [];
    const upright = UPRIGHT.test(name);
    const length = { across: measure(name), down: 1.15 * type.size * [...name].length };
    const width = Math.max(length.across, upright ? length.down : 0);
    for (const line of chained(lines)) {
      const ends = lengths(line);
      const whole = ends.at(-1);
      for (let from = 8; from + width + 8 <= whole; from += STEP) {
        const a = pointAt(line, ends, from);
        const b = pointAt(line, ends, from + width);
        const apart = Math.hypot(b.x - a.x, b.y - a.y);
        if (apart < BEND * width) continue;
        const off = Math.abs(from + width / 2 - whole / 2);
        tries.push({ a, b, worth: whole - 2 * off });
      }
    }
    tries.sort((one, other) => other.worth - one.worth || one.a.x - other.a.x || one.a.y - other.a.y);
    return tries.map(({ a, b }) => {
      const steep = Math.abs(b.y - a.y) > STEEP * Math.abs(b.x - a.x);
      return upright && steep ? downwards(name, a, b, length.down, type) : across(name, a, b, length.across, type);
    });
  }

  // Words run from left to right, whichever way the street was drawn.
  function across(name, a, b, width, type) {
    const [from, to] = a.x <= b.x ? [a, b] : [b, a];
    const angle = Math.atan2(to.y - from.y, to.x - from.x);
    const [x, y] = [(a.x + b.x) / 2, (a.y + b.y) / 2];
    const side = 1.2 * type.size;
    const boxes = strung(Math.max(1, Math.ceil(width / side)), x, y, angle, width).map((at) => around(at.x, at.y, side, side));
    return { pieces: [{ text: name, x, y, angle }], boxes, sign: null };
  }

  // Along a steep street Japanese runs downwards, letter by letter; only a long sound turns with it.
  function downwards(name, a, b, length, type) {
    const [from, to] = a.y <= b.y ? [a, b] : [b, a];
    const angle = Math.atan2(to.y - from.y, to.x - from.x);
    const letters = [...name];
    const spots = strung(letters.length, (a.x + b.x) / 2, (a.y + b.y) / 2, angle, length);
    const pieces = letters.map((text, i) => ({ text, ...spots[i], angle: TURNED.test(text) ? Math.PI / 2 : 0 }));
    return { pieces, boxes: spots.map((at) => around(at.x, at.y, 1.15 * type.size, 1.15 * type.size)), sign: null };
  }

  // The middles of so many equal parts of a length along a line.
  function strung(count, x, y, angle, length) {
    return Array.from({ length: count }, (_, i) => {
      const along = ((i + 0.5) / count - 0.5) * length;
      return { x: x + along * Math.cos(angle), y: y + along * Math.sin(angle) };
    });
  }

  // Pieces of a street whose ends meet become one line.
  function chained(lines) {
    const open = lines.filter((line) => line.length > 1).map((line) => [...line]);
    const meet = (a, b) => Math.abs(a.x - b.x) < 0.6 && Math.abs(a.y - b.y) < 0.6;
    const made = [];
    while (open.length) {
      let line = open.pop();
      for (let at = 0; at < open.length; at++) {
        const other = open[at];
        const [head, tail] = [line[0], line.at(-1)];
        let joined = null;
        if (meet(tail, other[0])) joined = [...line, ...other.slice(1)];
        else if (meet(tail, other.at(-1))) joined = [...line, ...[...other].reverse().slice(1)];
        else if (meet(head, other.at(-1))) joined = [...other, ...line.slice(1)];
        else if (meet(head, other[0])) joined = [...[...other].reverse(), ...line.slice(1)];
        if (!joined) continue;
        line = joined;
        open.splice(at, 1);
        at = -1;
      }
      made.push(line);
    }
    return made;
  }

  function lengths(line) {
    let sum = 0;
    return line.map((point, i) => (sum += i ? Math.hypot(point.x - line[i - 1].x, point.y - line[i - 1].y) : 0));
  }

  function pointAt(line, ends, length) {
    const at = Math.max(1, ends.findIndex((end) => end >= length));
    const share = (length - ends[at - 1]) / (ends[at] - ends[at - 1] || 1);
    const [a, b] = [line[at - 1], line[at]];
    return { x: a.x + share * (b.x - a.x), y: a.y + share * (b.y - a.y) };
  }

  function around(x, y, width, height) {
    return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
  }

  // A long name in two lines, broken between words as near to its middle as can be.
  let words = null;
  function broken(name) {
    if (name.length <= LONG_NAME) return [];
    words ??= new Intl.Segmenter("ja", { granularity: "word" });
    const starts = [...words.segment(name)]
      .map((part) => part.index)
      .filter((at) => at > 1 && at < name.length - 1 && !HELD[0].test(name.slice(0, at)) && !HELD[1].test(name.slice(at)));
    if (!starts.length) return [];
    const bracket = name.search(/[（(]/);
    const middle = bracket > 1 ? bracket : name.length / 2;
    const at = starts.reduce((best, one) => (Math.abs(one - middle) < Math.abs(best - middle) ? one : best));
    return [[name.slice(0, at).trim(), name.slice(at).trim()]];
  }
})();
