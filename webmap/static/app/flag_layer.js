"use strict";
// The flags on the map: buttons that stand where their treasure is. One Tab stop; arrows walk.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const FRONT = 1_000_000;

  Otakara.scale = () => {
    const size = parseFloat(getComputedStyle(document.documentElement).fontSize);
    return Math.min(1.4, Math.max(0.9, size / 18));
  };

  // `scale()`: how large flags are drawn; `controls`: pixels at the right edge that buttons take;
  // `chosenFirst`: a chosen flag says which of its treasures is meant.
  const DESK = { scale: Otakara.scale, controls: 62 };

  // Begins with what is written on the flag, so that who speaks to the screen is understood.
  function describe(flag) {
    const written = flag.pennants.map((one) => one.text).join("");
    const said = flag.shown.map((entry) => `${entry.name.slice(0, 60)}${Otakara.statusWords[entry.status] ?? ""}`);
    const names = said.join(Otakara.say("、"));
    return `${written} ${names}`;
  }

  // In two dimensions: a layer of its own for each of thousands of flags would cost most of the time.
  function stand(element, point) {
    element.style.transform = `translate(${Math.round(point.x)}px, ${Math.round(point.y)}px)`;
  }

  Otakara.defineFlagLayer = () =>
    L.Layer.extend({
      initialize(data, look = {}) {
        this._look = { ...DESK, ...look };
        const layers = new Map(data.layers.map((layer) => [layer.id, layer]));
        const entries = new Map(data.entries.map((entry) => [entry.number, entry]));
        this._layers = layers;
        this._flags = data.flags.map((flag, index) => ({
          index,
          at: L.latLng(flag.lat, flag.lon),
          approximate: flag.approximate,
          entries: flag.numbers.map((number) => entries.get(number)).filter(Boolean),
        }));
        this._selected = null;
        this._boxes = [];
        this.onLayout = () => {};
        this.onSelect = () => {};
        this.onChoose = () => {};
        this.covered = () => [0, 0]; // pixels at the left and at the bottom that a card takes
      },

      onAdd(map) {
        this._map = map;
        this._scale = this._look.scale();
        this._box = L.DomUtil.create("div", "flags");
        this._box.setAttribute("role", "group");
        this._box.setAttribute("aria-label", Otakara.say("地図の旗。矢印キーで次の旗へ移ります"));
        L.DomEvent.disableClickPropagation(this._box);
        for (const flag of this._flags) this._make(flag);
        this._listen();
        this.show(null);
        map.getPane("markerPane").append(this._box);
      },

      getEvents() {
        const events = { viewreset: this._layout, zoomend: this._layout, moveend: this._drawInView };
        if (this._map.options.zoomAnimation) events.zoomanim = this._animate;
        return events;
      },

      boxes() {
        return this._boxes;
      },

      // What smaller names keep off as well: poles, dots that stand aside, and the chosen flag.
      smallBoxes() {
        const reach = (Otakara.DOT_RADIUS + 1.5) * this._scale;
        const small = this._flags.filter((flag) => flag.form && !flag.anchor.hidden).map(({ form, point, size }) => {
          const { x, y } = point;
          if (form.form === "flag") return [x - 4, y - (size.height + (form.tall ? size.tall : 0)) * this._scale, x + 4, y];
          return [x + form.dx - reach, y + form.dy - reach, x + form.dx + reach, y + form.dy + reach];
        });
        return [...small, ...this._chosenBoxes()];
      },

      // The chosen flag stands twice as large.
      _chosenBoxes() {
        const { point, form, pennants, anchor } = this._selected ?? {};
        if (!form || anchor.hidden) return [];
        const size = Otakara.flagSize(pennants);
        const [wide, cloth] = [2 * size.width * this._scale + 8, 2 * size.cloth * this._scale + 16];
        const top = point.y - 2 * (size.height + (form.tall ? size.tall : 0)) * this._scale - 8;
        const [left, right] = [point.x - (form.left ? wide : 14), point.x + (form.left ? 14 : wide)];
        return [[left, top, right, top + cloth], [point.x - 14, top, point.x + 14, point.y + 14]];
      },

      // numbers: a Set of those to show, or null for all.
      show(numbers) {
        for (const flag of this._flags) {
          flag.shown = flag.entries.filter((entry) => !numbers || numbers.has(entry.number));
          flag.anchor.hidden = flag.shown.length === 0;
          flag.pennants = flag.shown.length ? Otakara.pennants(flag.shown, this._layers) : [];
          flag.size = flag.shown.length ? Otakara.flagSize(flag.pennants) : null;
          flag.drawn = null;
          flag.button.setAttribute("aria-label", describe(flag));
        }
        this._layout();
        this._roving();
      },

      // The screen has another size: flags that go with it are drawn anew.
      rescale() {
        this._scale = this._look.scale();
        for (const flag of this._flags) flag.drawn = null;
        this._layout();
      },

      // Select the flag of an entry (or nothing) and bring it into view.
      select(number) {
        const flag = number === null ? null : this._flags.find((one) => one.entries.some((e) => e.number === number));
        const before = this._selected;
        this._selected = flag ?? null;
        for (const one of [before, flag]) {
          if (!one) continue;
          one.anchor.classList.toggle("flag-selected", one === flag);
          one.button.setAttribute("aria-pressed", String(one === flag));
          if (this._look.chosenFirst) this._write(one, one === flag ? number : null);
          this._draw(one);
        }
        this.onSelect();
        if (flag && !flag.anchor.hidden) {
          this._roving(flag);
          // Room for the doubled flag on the side it hangs to, as far as the map is wide enough.
          const [beside, below] = this.covered();
          const room = this._map.getSize().subtract([beside, below]);
          const size = Otakara.flagSize(flag.pennants);
          const height = size.height + (flag.form?.tall ? size.tall : 0);
          const wide = Math.min(2 * size.width * this._scale + 20, room.x / 2);
          const high = Math.min(2 * height * this._scale + 20, room.y / 2);
          const left = flag.form?.left ?? false;
          this._map.panInside(flag.at, {
            animate: matchMedia("(prefers-reduced-motion: reduce)").matches ? false : undefined,
            paddingTopLeft: [beside + (left ? wide : 40), high],
            paddingBottomRight: [left ? 80 : Math.max(wide, 80), 40 + below],
          });
        }
      },

      // Of a place that several share, the chosen one alone is written out.
      _write(flag, number) {
        if (flag.shown.length < 2) return;
        const chosen = flag.shown.filter((entry) => entry.number === number);
        const others = flag.shown.filter((entry) => entry.number !== number);
        flag.pennants = Otakara.pennants([...chosen, ...others], this._layers, number === null ? undefined : 1);
        flag.drawn = null;
        flag.button.setAttribute("aria-label", describe(flag));
      },

      _make(flag) {
        flag.anchor = L.DomUtil.create("div", "flag leaflet-zoom-animated", this._box);
        flag.anchor.dataset.index = flag.index;
        flag.button = L.DomUtil.create("button", "flag-button", flag.anchor);
        flag.button.type = "button";
        flag.button.tabIndex = -1;
        flag.button.setAttribute("aria-pressed", "false");
      },

      // One set of listeners for all flags.
      _listen() {
        const on = (name, react) =>
          this._box.addEventListener(name, (event) => {
            const anchor = event.target.closest(".flag");
            if (anchor) react(this._flags[Number(anchor.dataset.index)], event);
          });
        const lift = (flag, up) => {
          if (Boolean(flag.lifted) === up) return;
          flag.lifted = up;
          this._draw(flag);
        };
        on("click", (flag, event) => this.onChoose(flag.shown.map((entry) => entry.number), event.detail === 0));
        on("pointerover", (flag) => lift(flag, true));
        on("pointerout", (flag, event) => {
          if (!flag.anchor.contains(event.relatedTarget)) lift(flag, false);
        });
        on("focusin", (flag) => {
          if (flag.button.matches(":focus-visible")) {
            lift(flag, true);
            this._map.panInside(flag.at, { padding: [60, 60] });
          }
          this._roving(flag);
        });
        on("focusout", (flag) => lift(flag, false));
        on("keydown", (flag, event) => this._walk(flag, event));
      },

      _layout() {
        if (!this._map || !this._box) return;
        // Flags that say more stand up first; then by number, so that the picture never dances.
        const shown = this._flags
          .filter((flag) => flag.shown?.length)
          .sort((a, b) => b.shown.length - a.shown.length || a.shown[0].number - b.shown[0].number);
        const s = this._scale;
        const items = shown.map((flag) => {
          const { size } = flag;
          const point = this._map.latLngToLayerPoint(flag.at);
          flag.point = point;
          return {
            x: point.x,
            y: point.y,
            width: size.width * s + 4,
            cloth: size.cloth * s + 3,
            height: size.height * s + 2,
            tall: size.tall * s,
          };
        });
        const corner = this._map.containerPointToLayerPoint([0, 0]);
        const { x, y } = this._map.getSize();
        const view = [corner.x + 4, corner.y + 4, corner.x + x - this._look.controls, corner.y + y];
        const { forms, boxes } = Otakara.layoutFlags(items, Otakara.DOT_RADIUS * s, view);
        this._boxes = [...boxes, ...items.map((item) => [item.x - 14, item.y - 14, item.x + 14, item.y + 14])];
        shown.forEach((flag, i) => {
          flag.form = forms[i];
          flag.wanted = null;
          stand(flag.anchor, flag.point);
        });
        this._drawInView();
        this.onLayout();
      },

      // Flags out of sight (with half a screen to spare) stand there, but nobody paints them.
      _drawInView() {
        const { x, y } = this._map.getSize();
        const corner = this._map.containerPointToLayerPoint([-x / 2, -y / 2]);
        for (const flag of this._flags) {
          if (!flag.point || !flag.shown.length) continue;
          const [dx, dy] = [flag.point.x - corner.x, flag.point.y - corner.y];
          const near = dx > 0 && dy > 0 && dx < 2 * x && dy < 2 * y;
          if (near || flag === this._selected || flag.lifted) this._draw(flag);
          else if (flag.drawn) {
            flag.drawn = null;
            flag.button.replaceChildren();
          }
        }
      },

      // Draw a flag in its present form; a dot that is chosen, pointed at or focused stands up.
      _draw(flag) {
        if (!flag.form || !flag.pennants.length) return;
        const upright = flag.form.form === "flag" || flag.lifted || flag === this._selected;
        const front = flag === this._selected ? 2 * FRONT : flag.lifted ? FRONT : 0;
        flag.wanted ??= Object.values(flag.form).join(" ");
        const wanted = `${upright} ${front} ${flag.wanted}`;
        if (flag.drawn === wanted) return;
        flag.drawn = wanted;
        flag.anchor.classList.toggle("flag-dot", !upright);
        flag.anchor.style.zIndex = String(Math.round(flag.point.y) + 2000 + (upright ? 20000 : 0) + front);
        const options = { ...flag.form, approximate: flag.approximate, scale: this._scale };
        if (!upright && Otakara.drawPlainDot(flag.button, flag.pennants, options)) return;
        const drawing = upright ? Otakara.drawFlag(flag.pennants, options) : Otakara.drawDot(flag.pennants, options);
        drawing.svg.setAttribute("aria-hidden", "true");
        drawing.svg.setAttribute("focusable", "false");
        flag.button.replaceChildren(drawing.svg);
        flag.button.style.left = `${-drawing.x}px`;
        flag.button.style.top = `${-drawing.y}px`;
        flag.button.style.transformOrigin = `${drawing.x}px ${drawing.y}px`;
      },

      _animate(event) {
        for (const flag of this._flags) {
          const point = this._map._latLngToNewLayerPoint(flag.at, event.zoom, event.center).round();
          stand(flag.anchor, point);
        }
      },

      // Exactly one flag can be reached with Tab; the arrows lead to the others.
      _roving(wanted) {
        const shown = this._flags.filter((flag) => flag.shown.length);
        const current = wanted ?? (shown.includes(this._stop) ? this._stop : shown[0]);
        if (current === this._stop && current?.button.tabIndex === 0) return;
        if (this._stop) this._stop.button.tabIndex = -1;
        if (current) current.button.tabIndex = 0;
        this._stop = current;
      },

      _walk(flag, event) {
        const steps = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };
        const shown = this._flags.filter((one) => one.shown.length);
        const here = shown.indexOf(flag);
        let next = null;
        if (event.key in steps) next = (here + steps[event.key] + shown.length) % shown.length;
        else if (event.key === "Home") next = 0;
        else if (event.key === "End") next = shown.length - 1;
        if (next === null) return;
        event.preventDefault();
        event.stopPropagation();
        shown[next].button.focus({ preventScroll: true });
      },
    });
})();
