"use strict";
// The names of the base map, on one canvas over its tiles: so none is cut or doubled where two tiles
// meet, and none is drawn larger or smaller between two zooms. Flags, areas' names and buttons have
// their room first; a name that finds none is not there.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const GAP = 4; // pixels between two names
  const EDGE = 5; // and from the edge of the view
  const SCALE_BAR = [170, 30];
  const OUTLINE_STEP = 10;
  const MOST_PIXELS_PER_POINT = 2;

  Otakara.defineGroundNames = () =>
    L.Layer.extend({
      // view: protomaps' view of the tiles; look(): what groundLook gave; obstacles(): boxes in layer
      // pixels; rings: outlines that names keep off, as [[LatLng]]; firm: they never cross one.
      initialize({ view, look, obstacles, rings, firm }) {
        Object.assign(this, { _view: view, _look: look, _obstacles: obstacles, _rings: rings, _firm: firm });
        Object.assign(this, { _turn: 0, _placed: [] });
      },

      onAdd(map) {
        this._map = map;
        this._canvas = L.DomUtil.create("canvas", "ground-names", map.getPane("ground-names"));
        this._canvas.setAttribute("aria-hidden", "true");
        this._pen = this._canvas.getContext("2d");
        this.place();
      },

      onRemove() {
        this._turn += 1;
        this._canvas.remove();
        this._map = null;
      },

      getEvents() {
        return { zoomstart: this._hide };
      },

      // What is written now: [{name, kind, boxes, size}], boxes in pixels of the view.
      labels() {
        const { typeOf } = this._look();
        return this._placed.map(({ one: { name, kind }, form }) => ({ name, kind, boxes: covered(form), size: typeOf(kind).size }));
      },

      _hide() {
        this._turn += 1;
        this._canvas.classList.add("ground-names-away");
      },

      // Read the tiles of the view, wait for our own type, then set and draw: all or nothing.
      async place() {
        if (!this._map) return;
        const turn = ++this._turn;
        delete this._canvas.dataset.drawn;
        const size = this._map.getSize();
        const zoom = this._map.getZoom();
        const look = this._look();
        const corner = this._map.containerPointToLayerPoint([0, 0]).round();
        const tiles = await this._tiles(zoom);
        if (turn !== this._turn) return;
        const names = Otakara.groundNames(tiles, zoom, look);
        await typeFor(names, look);
        if (turn !== this._turn) return;
        this._placed = this._settle(names, look, size, corner);
        this._draw(look, size, corner);
        this._canvas.dataset.drawn = "true";
      },

      async _tiles(zoom) {
        const bounds = this._map.getPixelBounds();
        const tileZoom = Math.round(zoom);
        const grow = 2 ** (tileZoom - zoom);
        const [min, max] = [bounds.min.multiplyBy(grow), bounds.max.multiplyBy(grow)];
        const prepared = await this._view.getBbox(tileZoom, { minX: min.x, minY: min.y, maxX: max.x, maxY: max.y });
        return prepared.map(({ data, origin, scale }) => ({
          labels: data.get("label") ?? [],
          streets: data.get("street") ?? [],
          place: (point) => ({
            x: (origin.x + scale * point.x) / grow - bounds.min.x,
            y: (origin.y + scale * point.y) / grow - bounds.min.y,
          }),
        }));
      },

      _settle(names, look, size, corner) {
        const measure = (font, text) => {
          this._pen.font = font;
          return this._pen.measureText(text).width;
        };
        const taken = this._obstacles().map(([a, b, c, d]) => [a - corner.x, b - corner.y, c - corner.x, d - corner.y]);
        taken.push([0, size.y - SCALE_BAR[1], SCALE_BAR[0], size.y]);
        const rings = this._rings.map((ring) => ring.map((at) => this._map.latLngToContainerPoint(at)));
        const outline = boxesAlong(rings, size);
        const view = [EDGE, EDGE, size.x - EDGE, size.y - EDGE];
        const placed = [];
        const near = [-50, -50, size.x + 50, size.y + 50];
        for (const one of names) {
          if (one.at && !inside([one.at.x, one.at.y, one.at.x, one.at.y], near)) continue;
          if (this._firm && one.at && !Otakara.isSeenFromAfar(one) && !isWithin(one.at, rings)) continue;
          if (Otakara.isTwin(one, placed.map((other) => other.one))) continue;
          const form = this._formOf(one, look, measure, { view, taken, outline, rings });
          if (!form) continue;
          placed.push({ one, form });
          taken.push(...covered(form).map(([a, b, c, d]) => [a - GAP, b - GAP, c + GAP, d + GAP]));
        }
        return placed;
      },

      // The first form with room, off the outline and with its sign on the right side of it; else on
      // the other side; and on an overview, where outlines are everywhere, across one.
      _formOf(one, look, measure, { view, taken, outline, rings }) {
        let aside = null;
        let crossing = null;
        for (const shift of Otakara.groundShifts(one, look)) {
          for (const form of Otakara.groundForms(one, look, measure, shift)) {
            const boxes = covered(form);
            if (!boxes.every((box) => inside(box, view)) || meets(boxes, taken)) continue;
            if (meets(boxes, outline)) crossing ??= form;
            else if (!this._firm || !form.sign || isWithin(middleOf(form.sign), rings) === isWithin(one.at, rings)) return form;
            else aside ??= form;
          }
        }
        return aside ?? (this._firm ? null : crossing);
      },

      _draw(look, size, corner) {
        const [canvas, pen] = [this._canvas, this._pen];
        const fine = Math.min(MOST_PIXELS_PER_POINT, Math.max(1, devicePixelRatio));
        canvas.width = size.x * fine;
        canvas.height = size.y * fine;
        canvas.style.width = `${size.x}px`;
        canvas.style.height = `${size.y}px`;
        L.DomUtil.setPosition(canvas, corner);
        canvas.classList.remove("ground-names-away");
        pen.setTransform(fine, 0, 0, fine, 0, 0);
        pen.clearRect(0, 0, size.x, size.y);
        pen.textAlign = "center";
        pen.textBaseline = "middle";
        pen.lineJoin = "round";
        for (const { one, form } of this._placed) {
          if (form.sign) {
            const color = look.signInkOf(one.kind);
            Otakara.drawGroundSign(pen, one.kind, { ...middleOf(form.sign), side: look.sign, color, halo: "#ffffff", plate: look.plate });
          }
          write(pen, form, look.halo, look.typeOf(one.kind));
        }
      },
    });

  // All of the white first: no letter's edge lies on its neighbour.
  function write(pen, { pieces }, halo, { font, size, ink }) {
    pen.font = font;
    pen.strokeStyle = "#ffffff";
    pen.lineWidth = halo;
    pen.fillStyle = ink;
    const down = 0.06 * size; // letters of this face stand a little high of their middle
    for (const draw of ["strokeText", "fillText"]) {
      for (const { text, x, y, angle } of pieces) {
        pen.save();
        pen.translate(x, y);
        pen.rotate(angle);
        pen[draw](text, 0, down);
        pen.restore();
      }
    }
  }

  function middleOf([left, top, right, bottom]) {
    return { x: (left + right) / 2, y: (top + bottom) / 2 };
  }

  function covered({ boxes, sign }) {
    return sign ? [sign, ...boxes] : boxes;
  }

  // Our own type comes in parts: the parts that hold these letters, once each.
  const known = new Set();
  async function typeFor(names, look) {
    const missing = new Map(); // weight -> letters
    for (const { name, kind } of names) {
      const { weight } = look.typeOf(kind);
      for (const letter of name) {
        if (known.has(weight + letter)) continue;
        missing.set(weight, (missing.get(weight) ?? new Set()).add(letter));
      }
    }
    const loads = [...missing].map(async ([weight, letters]) => {
      await document.fonts.load(`${weight} 16px "BIZ UDPGothic"`, [...letters].join(""));
      for (const letter of letters) known.add(weight + letter);
    });
    await Promise.allSettled(loads); // a part that does not come is asked for again with the next picture
  }

  // Small boxes along the outlines, as far as they can be seen.
  function boxesAlong(rings, size) {
    const half = OUTLINE_STEP / 2;
    const boxes = [];
    for (const ring of rings) {
      for (let k = 1; k < ring.length; k++) {
        const [from, to] = [ring[k - 1], ring[k]];
        const steps = Math.max(1, Math.ceil(Math.hypot(to.x - from.x, to.y - from.y) / OUTLINE_STEP));
        for (let i = 0; i < steps; i++) {
          const x = from.x + (i / steps) * (to.x - from.x);
          const y = from.y + (i / steps) * (to.y - from.y);
          if (x >= 0 && y >= 0 && x <= size.x && y <= size.y) boxes.push([x - half, y - half, x + half, y + half]);
        }
      }
    }
    return boxes;
  }

  // Even-odd, as outlines are filled; without an outline nothing is outside.
  function isWithin({ x, y }, rings) {
    let within = rings.length === 0;
    for (const ring of rings) {
      for (let k = 1; k < ring.length; k++) {
        const [a, b] = [ring[k - 1], ring[k]];
        if (a.y > y !== b.y > y && x < a.x + ((y - a.y) / (b.y - a.y)) * (b.x - a.x)) within = !within;
      }
    }
    return within;
  }

  function meets(boxes, taken) {
    return boxes.some(([a, b, c, d]) => taken.some(([e, f, g, h]) => a < g && c > e && b < h && d > f));
  }

  function inside([left, top, right, bottom], view) {
    return left >= view[0] && top >= view[1] && right <= view[2] && bottom <= view[3];
  }
})();
