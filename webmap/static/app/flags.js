"use strict";
// How a flag looks: one pole, a pennant for every number, or a dot where flags would overlap.
// The same shape as webmap/marks.py draws beside the list.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const SVG = "http://www.w3.org/2000/svg";
  const FONT_SIZE = 17;
  const PAD = 7;
  const NOTCH = 6;
  const CLOTH = 24; // height of a pennant
  const GAP = 2;
  const POLE = 12; // bare pole under the last pennant
  const TALL = 28; // added when the lower place is taken
  const MARGIN = 5; // room for halo and ring
  const INK = "#14212e";
  const PAPER = "#ffffff";
  const MOST_PENNANTS = 3;
  const OFF = 23; // room for the sign of a treasure that does not take place now
  const OFF_SIGNS = {
    paused: "M-2.6-6L-6.2-.6M-4.3-3V6M-1.6-2.2H6.2M2.3-6V6M2-2.2Q.6 1.6-2.2 3.6M2.6-2.2Q4 1.6 6.4 3.6",
    ended: "M-4-4L4 4M4-4L-4 4",
  };
  const SPECK = 13; // across, where hundreds crowd
  Otakara.DOT_RADIUS = 13;
  Otakara.statusWords = { paused: Otakara.say("（おやすみ中）"), ended: Otakara.say("（終了）") };

  function node(name, attributes, parent) {
    const made = document.createElementNS(SVG, name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    parent?.append(made);
    return made;
  }

  function textWidth(text) {
    let width = 0;
    for (const char of text) width += /[\u0000-\u00ff\uff61-\uffdc]/.test(char) ? 0.6 : 1;
    return width * FONT_SIZE;
  }

  function clothWidth(one) {
    return 4 + PAD + textWidth(one.text) + (one.off ? OFF : 0) + PAD + NOTCH;
  }

  function luminance(color) {
    const [r, g, b] = [1, 3, 5].map((at) => {
      const value = parseInt(color.slice(at, at + 2), 16) / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  }

  // White or near-black on a colour, whichever has the better contrast.
  const inks = new Map();
  Otakara.inkOn = (color) => {
    if (!inks.has(color)) inks.set(color, inkFor(luminance(color)));
    return inks.get(color);
  };

  function inkFor(light) {
    return 1.05 / (light + 0.05) >= (light + 0.05) / (luminance(INK) + 0.05) ? PAPER : INK;
  }

  // As many pennants as there is room for; more numbers become 「ほか4」.
  Otakara.pennants = (entries, layers, most = MOST_PENNANTS) => {
    const all = entries.map((entry) => ({
      text: entry.mark,
      symbol: layers.get(entry.layer)?.symbol ?? "",
      color: safeColor(layers.get(entry.layer)?.color),
      off: OFF_SIGNS[entry.status] ?? "",
    }));
    if (all.length <= most) return all;
    return [all[0], { text: Otakara.say("ほか%(more)s", { more: all.length - 1 }), symbol: "", color: "#3a4653", off: "" }];
  };

  function safeColor(color) {
    return /^#[0-9a-fA-F]{6}$/.test(color ?? "") ? color : "#5b6470";
  }

  // The room a full flag takes, from its point (x right, y up), in pixels.
  Otakara.flagSize = (pennants) => ({
    width: Math.max(...pennants.map(clothWidth)),
    cloth: pennants.length * (CLOTH + GAP) - GAP,
    height: pennants.length * (CLOTH + GAP) - GAP + POLE,
    tall: TALL,
  });

  // Draw a flag or a dot; returns the SVG with where its point lies in it.
  Otakara.drawFlag = (pennants, { left = false, tall = false, approximate = false, scale = 1 }) => {
    const size = Otakara.flagSize(pennants);
    const height = size.height + (tall ? TALL : 0);
    const width = size.width + 2 * MARGIN;
    const full = height + 2 * MARGIN;
    const x = left ? width - MARGIN : MARGIN;
    const svg = node("svg", {
      class: "flag-drawing",
      width: width * scale,
      height: full * scale,
      viewBox: `0 0 ${width} ${full}`,
    });
    const foot = full - MARGIN;
    node("circle", { class: "flag-hit", cx: x, cy: foot, r: 12 }, svg);
    node("path", { class: "flag-halo", d: `M${x} ${MARGIN}V${foot}` }, svg);
    const sign = left ? -1 : 1;
    const shapes = pennants.map((one, i) => {
      const top = MARGIN + i * (CLOTH + GAP);
      const far = x + sign * clothWidth(one);
      const notch = far - sign * NOTCH;
      return { one, top, far, d: `M${x} ${top}H${far}L${notch} ${top + CLOTH / 2}L${far} ${top + CLOTH}H${x}Z` };
    });
    for (const { d } of shapes) node("path", { class: "flag-halo", d }, svg);
    for (const { d } of shapes) node("path", { class: "flag-ring", d }, svg);
    node("path", { class: "flag-pole", d: `M${x} ${MARGIN - 1}V${foot}` }, svg);
    node("circle", { class: "flag-foot", cx: x, cy: foot, r: 3.5 }, svg);
    for (const { one, top, far, d } of shapes) {
      node("path", {
        class: approximate ? "flag-cloth flag-hollow" : "flag-cloth",
        d,
        fill: approximate ? PAPER : one.color,
        stroke: one.color,
      }, svg);
      const text = node("text", {
        class: "flag-text",
        x: left ? far + NOTCH + PAD + (one.off ? OFF : 0) : x + 4 + PAD - 2,
        y: top + 18,
        fill: approximate ? INK : Otakara.inkOn(one.color),
      }, svg);
      text.textContent = one.text;
      if (one.off) drawOff(svg, one.off, far - sign * (NOTCH + 11), top + CLOTH / 2, 9.5);
    }
    return { svg, x: x * scale, y: foot * scale };
  };

  // The sign of a treasure that pauses (休) or has ended (×): black on white, whatever the layer's
  // colour. Strokes, not type: the button's name says it in words, and its type is the mark alone.
  function drawOff(svg, strokes, x, y, r) {
    node("circle", { class: "off-plate", cx: x, cy: y, r }, svg);
    node("path", { class: "off-sign", d: strokes, transform: `translate(${x} ${y}) scale(${r / 9.5})` }, svg);
  }

  // The dot most places have, as plain text in the button: nothing to draw. False when there is more to say.
  Otakara.drawPlainDot = (button, pennants, { approximate, dx, dy, scale, tiny }) => {
    if (!tiny && (approximate || dx || dy || pennants.length > 1 || pennants[0].off)) return false;
    const color = pennants[0].color;
    const symbol = tiny ? "" : pennants[0].symbol;
    const size = (tiny ? SPECK : 2 * (Otakara.DOT_RADIUS + 1.5)) * scale;
    const made = document.createElement("span");
    made.className = "dot-plain";
    made.textContent = symbol;
    made.style.cssText = `width:${size}px;height:${size}px;line-height:${size - 3}px;background:${color};color:${Otakara.inkOn(color)}`;
    button.replaceChildren(made);
    button.style.cssText = `left:${-size / 2}px;top:${-size / 2}px`;
    return true;
  };

  // A dot: the layer's symbol in a circle, with a thin line to its point when it was moved aside.
  Otakara.drawDot = (pennants, { approximate = false, scale = 1, ...moved }) => {
    const r = Otakara.DOT_RADIUS;
    const [dx, dy] = [(moved.dx ?? 0) / scale, (moved.dy ?? 0) / scale];
    const reach = Math.max(Math.abs(dx), Math.abs(dy)) + r + 8;
    const svg = node("svg", {
      class: "flag-drawing",
      width: 2 * reach * scale,
      height: 2 * reach * scale,
      viewBox: `${-reach} ${-reach} ${2 * reach} ${2 * reach}`,
    });
    if (dx || dy) {
      node("path", { class: "flag-leader-halo", d: `M0 0L${dx} ${dy}` }, svg);
      node("path", { class: "flag-leader", d: `M0 0L${dx} ${dy}` }, svg);
      node("circle", { class: "flag-foot", cx: 0, cy: 0, r: 2.5 }, svg);
    }
    const { color, symbol } = pennants[0];
    // A second circle behind it: there is more than one treasure here.
    if (pennants.length > 1) node("circle", { class: "dot-more", cx: dx, cy: dy, r: r + 2.5 }, svg);
    node("circle", {
      class: approximate ? "dot-cloth flag-hollow" : "dot-cloth",
      cx: dx,
      cy: dy,
      r,
      fill: approximate ? PAPER : color,
      stroke: approximate ? color : PAPER,
    }, svg);
    const text = node("text", {
      class: "dot-text",
      x: dx,
      y: dy + 5.5,
      "text-anchor": "middle",
      fill: approximate ? INK : Otakara.inkOn(color),
    }, svg);
    text.textContent = symbol;
    if (pennants.every((one) => one.off)) drawOff(svg, pennants[0].off, dx + r * 0.85, dy - r * 0.85, 8.5);
    return { svg, x: reach * scale, y: reach * scale };
  };
})();
