"use strict";
// Stickers on the hall's map: a tap or the key S drops あ, い, う …; a word if somebody has one.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const NUDGE = 10; // pixels
  const REST_MS = 900; // the hand has stopped writing
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const LONGEST_WORD = 60;
  const SMALLEST = 61; // pixels; with SHARE the paper's size in stickers.css
  const SHARE = 0.072;

  // Called by the hall when its map stands; postUrl is null in a file.
  Otakara.wireStickers = ({ map, root, area, postUrl }) => {
    const markers = new Map();
    let current = null;
    let rest = 0;
    map.createPane("stickers").style.zIndex = "660"; // above flags
    map.doubleClickZoom.disable(); // two taps are two stickers
    const bar = makeBar(root.querySelector(".hall-map"));
    const keeper = Otakara.keepStickers({ area, postUrl, onChange: () => refresh() });

    function drop(at, byKey = false) {
      if (keeper.isFull()) return bar.tell(Otakara.say("ふせんは、ここまでです。"));
      show(keeper.drop(at.lat, at.lng), true, byKey);
      keepInSight(at);
      // The letter stands in the bar; who cannot see it hears it.
      return bar.tell(Otakara.say("「%(letter)s」を貼りました。", { letter: current.letter }), { heard: true });
    }

    // The sticker that the bar speaks of.
    function show(sticker, open, byKey = false) {
      finishWord();
      current = sticker;
      refresh();
      bar.show(sticker, open, byKey);
      bar.tell("");
    }

    // Neither under the bar nor over the edge.
    function keepInSight(at) {
      const room = bar.paperSize();
      map.panInside(at, { paddingTopLeft: [room, room], paddingBottomRight: [room, room + bar.height()], animate: false });
    }

    function undo() {
      const last = keeper.shown().at(-1);
      if (!last) return;
      clearTimeout(rest);
      keeper.takeBack(last);
      current = keeper.shown().at(-1) ?? null;
      refresh();
      bar.show(current, current !== null);
      bar.tell(Otakara.say("「%(letter)s」を取りました。", { letter: last.letter }));
    }

    function finishWord() {
      clearTimeout(rest);
      keeper.send();
    }

    function leave() {
      finishWord();
      bar.fold();
      root.focus({ preventScroll: true });
    }

    function move(sticker, at) {
      keeper.change(sticker, { lat: at.lat, lon: at.lng });
      clearTimeout(rest);
      rest = setTimeout(() => keeper.send(), REST_MS);
    }

    function refresh() {
      const stickers = new Map(keeper.shown().map((one) => [one.id, one]));
      for (const [id, marker] of markers) {
        if (stickers.has(id)) continue;
        marker.remove();
        markers.delete(id);
      }
      for (const [id, sticker] of stickers) {
        if (!markers.has(id)) markers.set(id, makeMarker(sticker));
        const marker = markers.get(id);
        marker.setLatLng([sticker.lat, sticker.lon]);
        const said = Otakara.say("ふせん %(letter)s", { letter: sticker.letter });
        marker.getElement().setAttribute("aria-label", `${said} ${sticker.word}`.trim());
        marker.getElement().classList.toggle("sticker-current", sticker === current);
      }
      bar.count(stickers.size, keeper.waiting(), keeper.savesFile());
    }

    function makeMarker(sticker) {
      const paper = document.createElement("span");
      paper.className = "sticker-paper";
      paper.textContent = sticker.letter;
      paper.classList.toggle("sticker-long", sticker.letter.length > 1);
      const icon = L.divIcon({ className: "sticker", html: paper, iconSize: [0, 0] });
      const marker = L.marker([sticker.lat, sticker.lon], { icon, pane: "stickers", draggable: true, autoPan: true });
      marker.on("click", () => show(sticker, true));
      marker.on("dragstart", () => show(sticker, true));
      marker.on("dragend", () => move(sticker, marker.getLatLng()));
      return marker.addTo(map);
    }

    // In the middle of what is seen of the map, beside what lies there already.
    function freePlace() {
      const taken = keeper.shown().map((one) => map.latLngToContainerPoint([one.lat, one.lon]));
      const step = 1.2 * bar.paperSize();
      const middle = map.getSize().subtract([0, bar.height()]).divideBy(2);
      for (let ring = 0; ring < 6; ring++) {
        for (let turn = 0; turn < Math.max(1, 6 * ring); turn++) {
          const angle = (2 * Math.PI * turn) / Math.max(1, 6 * ring);
          const at = middle.add([ring * step * Math.cos(angle), ring * step * Math.sin(angle)]);
          if (taken.every((one) => one.distanceTo(at) > 0.9 * step)) return map.containerPointToLatLng(at);
        }
      }
      return map.containerPointToLatLng(middle);
    }

    map.on("click", (event) => {
      // A flag that was pressed may have been drawn anew and hang nowhere by now: ask the way it came.
      if (event.originalEvent.composedPath().some((one) => one.matches?.("button, a, .flags, .sticker-bar"))) return;
      drop(event.latlng);
    });
    bar.onWord = (word) => {
      if (!current) return;
      keeper.change(current, { word });
      clearTimeout(rest);
      rest = setTimeout(() => keeper.send(), REST_MS);
    };
    bar.onUndo = undo;
    bar.onLeave = leave;
    bar.onSave = () => {
      keeper.save();
      bar.tell(Otakara.say("ファイルに残しました。USBメモリーなどで持ち帰ってください。"));
    };

    document.addEventListener("keydown", (event) => {
      if (event.defaultPrevented || event.isComposing || root.getClientRects().length === 0) return;
      if (event.target.closest("input, textarea, select, [contenteditable]")) return;
      if (takeKey(event)) event.preventDefault();
      else if (event.key in ARROWS || event.key === " " || event.key.startsWith("Page")) bar.fold();
    }, { capture: true });

    // Whether the key was one of ours.
    function takeKey(event) {
      const { key, code, shiftKey } = event;
      const held = event.ctrlKey || event.metaKey;
      if (event.altKey) return false;
      if (held) return code === "KeyZ" && !shiftKey && current !== null && (undo(), true);
      if (code === "KeyS" || key.toLowerCase() === "s") return event.repeat || (drop(freePlace(), true), true);
      if (!current) return false;
      if (key === "Backspace") return undo(), true;
      if (key === "Enter") return !event.target.closest("button, a, summary, .sticker") && (bar.write(current), true);
      if (!shiftKey || !(key in ARROWS)) return false;
      const here = map.latLngToContainerPoint([current.lat, current.lon]);
      const at = map.containerPointToLatLng(here.add(ARROWS[key].map((way) => way * NUDGE)));
      move(current, at);
      keepInSight(at);
      return true;
    }

    current = keeper.shown().at(-1) ?? null;
    refresh();
    if (current) bar.show(current, false);
  };

  // The bar at the lower edge of the map.
  function makeBar(place) {
    const box = element("div", "sticker-bar");
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", Otakara.say("ふせん"));
    box.hidden = true;
    const letter = element("span", "sticker-letter");
    letter.setAttribute("aria-hidden", "true");
    const label = element("label", "sticker-field", Otakara.say("ことば（なくてもよい）"));
    const input = element("input");
    Object.assign(input, { type: "text", maxLength: LONGEST_WORD, autocomplete: "off", enterKeyHint: "done" });
    label.append(input);
    const undo = button(Otakara.say("元に戻す"));
    const save = button(Otakara.say("ファイルに残す"));
    save.classList.add("sticker-save");
    const count = element("p", "sticker-count");
    const told = element("p", "sticker-told");
    told.setAttribute("role", "status");
    const law = element("p", "sticker-law", Otakara.say("このふせんは、担当者だけが見ます。人の名前や電話番号は書かないでください。"));
    box.append(letter, label, undo, save, count, told, law);
    L.DomEvent.disableClickPropagation(box);
    L.DomEvent.disableScrollPropagation(box);
    place.append(box);

    const bar = {
      onWord() {},
      onUndo() {},
      onLeave() {},
      onSave() {},

      show(sticker, open, byKey = false) {
        box.hidden = sticker === null;
        box.classList.toggle("sticker-folded", !open);
        input.placeholder = byKey ? Otakara.say("Enterで書けます") : "";
        letter.textContent = sticker?.letter ?? "";
        input.value = sticker?.word ?? "";
      },

      fold() {
        box.classList.add("sticker-folded");
      },

      write(sticker) {
        bar.show(sticker, true);
        input.focus({ preventScroll: true });
      },

      tell(words, { heard = false } = {}) {
        told.textContent = words;
        told.classList.toggle("sr", heard);
      },

      count(all, waiting, toFile) {
        count.textContent = Otakara.sayCount("ふせん %(count)s枚", all);
        save.hidden = !toFile;
        if (!toFile && waiting) count.textContent += Otakara.sayCount("（%(count)s枚は、まだ届いていません。つながりしだい送ります）", waiting);
        if (toFile && waiting) count.textContent += Otakara.say("（まだファイルに残していません）");
        box.classList.toggle("sticker-waiting", waiting > 0);
      },

      paperSize() {
        return Math.max(SMALLEST, SHARE * Math.min(innerWidth, innerHeight));
      },

      height() {
        return box.offsetHeight;
      },
    };

    // Kana on the way to kanji are no word yet.
    input.addEventListener("input", (event) => event.isComposing || bar.onWord(input.value));
    input.addEventListener("compositionend", () => bar.onWord(input.value));
    input.addEventListener("keydown", (event) => {
      event.stopPropagation(); // what is written is not a step of the tour
      if (event.isComposing || !["Enter", "Escape"].includes(event.key)) return;
      event.preventDefault();
      bar.onLeave();
    });
    undo.addEventListener("click", () => bar.onUndo());
    save.addEventListener("click", () => bar.onSave());
    return bar;
  }

  function button(words) {
    const made = element("button", "sticker-button", words);
    made.type = "button";
    return made;
  }

  function element(tag, className = "", text = "") {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }
})();
