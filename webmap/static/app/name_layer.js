"use strict";
// Names of areas (as links) and of backdrop features. Nothing overlaps: on an overview every area
// first gets its count, the smallest areas first; then names unfold, the largest areas first,
// where there is room. A name without room appears when its area is pointed at, or on zooming in.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const FORMS = ["full", "wrap", "small", "dot"]; // from all to almost nothing
  const SHARES = { wrap: 0.65, small: 0, dot: 0 }; // of a form's width that its stretch must have
  const CROWD = 14; // areas
  const GAP = 3;
  const CONTROLS = [62, 190, 248]; // pixels at the right edge, from the top; with the switch of a base map

  Otakara.defineNameLayer = () =>
    L.Layer.extend({
      initialize(data, obstacles) {
        this._data = data;
        this._obstacles = obstacles;
        this.onPlace = () => {};
        this._town = data.kind === "town";
      },

      onAdd(map) {
        this._map = map;
        this._box = L.DomUtil.create("div", "names", map.getPane("names"));
        // The same links stand in the page; here they are only for pointers.
        this._box.setAttribute("aria-hidden", "true");
        const { sub_areas: parts, neighbours, backdrops } = this._data;
        this._box.classList.toggle("names-crowd", parts.length > CROWD);
        this._areas = [
          ...parts.map((area) => this._areaName(area, "name-part")),
          ...neighbours.map((area) => this._areaName(area, "name-around")),
        ];
        this._quiet = backdrops.filter((one) => one.name).map((one) => this._quietName(one));
        this.place();
        // Widths were measured in whatever type was there; our own arrives a moment later.
        document.fonts.ready.then(() => {
          for (const name of [...this._areas, ...this._quiet]) name.sizes = null;
          this.place();
        });
      },

      getEvents() {
        return { moveend: this.place, resize: this.place, zoomstart: this._hide };
      },

      // Show the name of an area (as the data holds it) although there is no room; null ends it.
      lift(area) {
        for (const name of this._areas) {
          const up = area !== null && name.area === area && name.center;
          if (name.lifted === Boolean(up)) continue;
          name.lifted = Boolean(up);
          name.element.classList.toggle("name-lifted", name.lifted);
          this._move(name);
        }
      },

      _hide() {
        this._box.classList.add("names-away");
      },

      _areaName(area, className) {
        const tag = area.href ? "a" : "span";
        const element = L.DomUtil.create(tag, `name ${className}`, this._box);
        if (area.href) {
          element.href = Otakara.kept(area.href);
          element.tabIndex = -1;
        }
        const word = L.DomUtil.create("span", "name-word", element);
        word.textContent = area.name;
        if (area.treasures) {
          const count = L.DomUtil.create("span", "name-count", element);
          count.textContent = area.treasures;
          L.DomUtil.create("span", "name-unit", count).textContent = Otakara.say("件");
        }
        L.DomEvent.disableClickPropagation(element);
        element.addEventListener("pointerenter", () => this.lift(area));
        element.addEventListener("pointerleave", () => this.lift(null));
        const rings = Otakara.ringsOf(area.outline).map((ring) => ring.map(([x, y]) => L.latLng(y, x)));
        return { area, element, rings, lifted: false, forms: this._town ? FORMS : ["full"] };
      },

      _quietName(feature) {
        const element = L.DomUtil.create("span", "name name-quiet", this._box);
        element.textContent = feature.name;
        return { element, points: middles(feature.geometry), lifted: false, forms: ["full"] };
      },

      place() {
        const map = this._map;
        if (!map) return;
        this._box.classList.remove("names-away");
        const names = [...this._areas, ...this._quiet];
        this._measure(names.filter((name) => !name.sizes));
        const size = map.getSize();
        const corner = map.containerPointToLayerPoint([0, 0]);
        this._view = [corner.x + 6, corner.y + 6, corner.x + size.x - 6, corner.y + size.y - 30];
        const right = corner.x + size.x;
        this._taken = new Map();
        this._obstacles().forEach((box, i) => this._taken.set(i, box));
        this._taken.set("controls", [right - CONTROLS[0], corner.y, right, corner.y + CONTROLS[this._data.ground ? 2 : 1]]);
        for (const name of this._areas) this._look(name);
        const bySize = this._areas.filter((name) => name.places.length).sort((a, b) => b.room - a.room);
        if (this._town) {
          for (const name of [...bySize].reverse()) this._settle(name, ["small", "dot"]);
        }
        for (const name of bySize) this._settle(name, this._town ? ["full", "wrap"] : name.forms, this._town);
        for (const name of this._quiet) {
          this._lookAround(name);
          this._settle(name, name.forms);
        }
        for (const name of names) {
          name.element.classList.toggle("name-away", !name.form);
          for (const form of FORMS) name.element.classList.toggle(`name-${form}`, name.form === form);
          this._move(name);
        }
        this.onPlace();
      },

      // What is taken: by names, by whatever they gave way to, by the buttons.
      boxes() {
        return [...this._taken.values()];
      },

      // Every form of every name is measured in one go: one layout per form, not per name.
      _measure(names) {
        for (const name of names) name.sizes = {};
        for (const form of FORMS) {
          const wanted = names.filter((name) => name.forms.includes(form));
          for (const { element } of wanted) {
            element.classList.remove("name-away", "name-lifted", ...FORMS.map((one) => `name-${one}`));
            element.classList.add(`name-${form}`);
          }
          for (const { element, sizes } of wanted) sizes[form] = [element.offsetWidth, element.offsetHeight];
        }
      },

      // Where inside its area a name could stand, in pixels.
      _look(name) {
        const rings = name.rings.map((ring) => ring.map((at) => this._map.latLngToLayerPoint(at)));
        name.places = Otakara.labelPlaces(rings, this._view);
        name.room = name.places.reduce((sum, place) => sum + place.width, 0) * (name.places.step ?? 1);
        name.form = name.center = null;
      },

      _lookAround(name) {
        const width = name.sizes.full[0];
        name.form = name.center = null;
        name.places = name.points.flatMap((at) => {
          const point = this._map.latLngToLayerPoint(at);
          return [1, -1].map((side) => ({ x: point.x + side * (width / 2 + 8), y: point.y, width }));
        });
      },

      // Take the first form, and the best place for it, that meets nobody else's.
      _settle(name, forms, push = false) {
        for (const form of forms) {
          const [width, height] = name.sizes[form];
          const share = SHARES[form] ?? (this._town ? 0.7 : 0.85);
          for (const spot of shifted(name.places, width, share)) {
            const box = around(spot, width, height);
            if (!inside(box, this._view)) continue;
            const others = this._meets(box, name);
            if (others.length && !(push && this._push(others, name, box))) continue;
            name.form = form;
            name.center = { x: spot.x, y: spot.y };
            this._taken.set(name, around(spot, width + 2 * GAP, height + 2 * GAP));
            return;
          }
        }
      },

      // Whose boxes a box would cover.
      _meets([left, top, right, bottom], owner) {
        const met = [];
        for (const [key, [a, b, c, d]] of this._taken) {
          if (key !== owner && left < c && right > a && top < d && bottom > b) met.push(key);
        }
        return met;
      },

      // A count that stands in the way of a name moves within its own area, if it can.
      _push(others, name, box) {
        if (others.length > 2 || !others.every((one) => one.form === "small" || one.form === "dot")) return false;
        const before = [name, ...others].map((one) => [one, this._taken.get(one), one.form, one.center]);
        this._taken.set(name, box);
        for (const other of others) this._settle(other, [other.form]);
        if (others.every((one) => this._meets(this._taken.get(one), one).length === 0)) return true;
        for (const [one, taken, form, center] of before) {
          if (taken) this._taken.set(one, taken);
          else this._taken.delete(one);
          Object.assign(one, { form, center });
        }
        return false;
      },

      // The element hangs on its middle (see the style sheet). A lifted name is kept in sight.
      _move(name) {
        if (!name.center) return;
        let { x, y } = name.center;
        if (name.lifted) {
          const half = name.element.offsetWidth / 2;
          x = Math.min(Math.max(x, this._view[0] + half), Math.max(this._view[2] - half, this._view[0] + half));
        }
        L.DomUtil.setPosition(name.element, L.point(x, y).round());
      },
    });

  // The middle of every stretch first, then further to its sides.
  function shifted(places, width, share) {
    const wide = places.filter((place) => place.width >= width * share);
    const aside = [0.33, -0.33, 0.66, -0.66, 1, -1].flatMap((part) =>
      wide
        .filter((place) => place.width > width)
        .map((place) => ({ ...place, x: place.x + (part * (place.width - width)) / 2 })),
    );
    return [...wide, ...aside];
  }

  function around({ x, y }, width, height) {
    return [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
  }

  function inside([left, top, right, bottom], view) {
    return left >= view[0] && top >= view[1] && right <= view[2] && bottom <= view[3];
  }

  // A few points along a line, or the points themselves.
  function middles(geometry) {
    const flat = [];
    const walk = (part) => (typeof part[0] === "number" ? flat.push(part) : part.forEach(walk));
    if (geometry?.coordinates) walk(geometry.coordinates);
    const steps = [0.5, 0.35, 0.65, 0.2, 0.8].map((share) => flat[Math.floor(share * (flat.length - 1))]);
    const points = flat.length > 2 ? steps : flat.length === 2 ? between(flat) : flat;
    return points.filter(Boolean).map(([x, y]) => L.latLng(y, x));
  }

  function between([[ax, ay], [bx, by]]) {
    return [0.5, 0.4, 0.6, 0.3, 0.7].map((share) => [ax + share * (bx - ax), ay + share * (by - ay)]);
  }
})();
