"use strict";
// Signs of landmarks, as people learnt them at school (地図記号) where there is one: 文 a school,
// the gate a shrine, 卍 a temple, 〒 a post office. Drawn in a square from -11 to 11.
(() => {
  const Otakara = (globalThis.Otakara ??= {});

  // [what is filled, what is drawn with a line, how wide that line is]
  const SIGNS = {
    station: [
      "M-6-10H6Q8-10 8-8V4Q8 7 5 7H-5Q-8 7-8 4V-8Q-8-10-6-10ZM-5.5-7V-1.5H5.5V-7ZM-5.6 3A1.5 1.5 0 1 0-2.6 3A1.5 1.5 0 1 0-5.6 3ZM2.6 3A1.5 1.5 0 1 0 5.6 3A1.5 1.5 0 1 0 2.6 3Z",
      "M-4 7.5L-7 10.5M4 7.5L7 10.5",
      2,
    ],
    school: ["", "M0-10V-6.5M-9.5-5.5H9.5M5.5-5.5Q2 5-9 9.5M-5.5-5.5Q-2 5 9 9.5", 2.4],
    hall: ["M-11-2.5L0-9.5L11-2.5V0H-11ZM-9 1.5H9V9.5H2.4V4.5H-2.4V9.5H-9Z", "", 0],
    shrine: ["", "M-10.5-8.5Q0-6.5 10.5-8.5M-8-3H8M-5.8-7V10M5.8-7V10", 2.6],
    temple: ["", "M-8.5-8.5H0V8.5H8.5M-8.5 8.5V0H8.5V-8.5", 2.8],
    post_office: ["", "M-8-8.5H8M-9.5-3H9.5M0-3V10", 2.8],
    clinic: ["M-3.2-9.5H3.2V-3.2H9.5V3.2H3.2V9.5H-3.2V3.2H-9.5V-3.2H-3.2Z", "", 0],
    library: ["", "M0-6Q-4-9-10-8V6.5Q-4 5.5 0 9Q4 5.5 10 6.5V-8Q4-9 0-6ZM0-6V9", 2.2],
    shop: ["M-8-4H8L9.5 10H-9.5Z", "M-4-4V-5.5A4 4 0 0 1 4-5.5V-4", 2],
    park: ["M0-10.5L7-1.5H3.8L9.5 6H1.6V10.5H-1.6V6H-9.5L-3.8-1.5H-7Z", "", 0],
    mountain: ["M0-8L9.5 8H-9.5Z", "", 0],
    other: ["M-5 0A5 5 0 1 0 5 0A5 5 0 1 0-5 0Z", "", 0],
  };
  const REACH = 11;
  const PLATE_SHARE = 0.62; // of a plate that its sign takes

  Otakara.hasGroundSign = (kind) => kind in SIGNS;

  // side: pixels of the whole sign; plate: the colour of a white plate's rim, or null for none.
  Otakara.drawGroundSign = (ctx, kind, { x, y, side, color, halo, plate }) => {
    const [filled, drawn, width] = SIGNS[kind];
    const surface = new Path2D(filled);
    const lines = new Path2D(drawn);
    ctx.save();
    ctx.translate(x, y);
    if (plate) {
      ctx.beginPath();
      ctx.roundRect(-side / 2, -side / 2, side, side, side / 4);
      ctx.fillStyle = halo;
      ctx.fill();
      ctx.strokeStyle = plate;
      ctx.lineWidth = side / 16;
      ctx.stroke();
    }
    const grow = ((plate ? PLATE_SHARE : 1) * side) / (2 * REACH);
    ctx.scale(grow, grow);
    ctx.lineCap = "butt";
    ctx.lineJoin = "round";
    if (!plate) {
      ctx.strokeStyle = halo;
      ctx.lineWidth = 5;
      ctx.stroke(surface);
      ctx.lineWidth = width + 5;
      if (drawn) ctx.stroke(lines);
    }
    ctx.fillStyle = ctx.strokeStyle = color;
    ctx.fill(surface, "evenodd");
    ctx.lineWidth = width;
    if (drawn) ctx.stroke(lines);
    ctx.restore();
  };
})();
