"use strict";
// Placing: a crosshair on the town's map that a finger, a mouse or the arrow keys move.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const STEP = 12; // pixels
  const LONG_STEP = 72;
  const EDGE = 70; // the map follows before the crosshair leaves it
  const CLOSE_ZOOM = 16;
  const DECIMALS = 6;
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const SVG = "http://www.w3.org/2000/svg";

  // Called by the folium shell with the empty map.
  Otakara.start = async (map) => {
    const pane = document.querySelector("[data-map]");
    const wait = document.querySelector("[data-map-wait]");
    let data;
    try {
      const answer = await fetch(pane.dataset.url, { headers: { Accept: "application/json" } });
      if (!answer.ok) throw new Error(`map data: ${answer.status}`);
      data = await answer.json();
    } catch {
      wait.textContent = "地図を読み込めませんでした。画面を開き直してください。";
      wait.classList.add("map-failed");
      return;
    }
    wait.remove();
    Otakara.FlagLayer = Otakara.defineFlagLayer();
    Otakara.NameLayer = Otakara.defineNameLayer();
    map.keyboard.disable(); // the arrows move the crosshair, not the map
    map.doubleClickZoom.disable(); // two taps are two tries to hit the place
    Otakara.createMapView(map, data);
    const credit = document.querySelector("[data-credit]");
    credit.textContent = (data.ground ?? data.outside_tiles)?.credit ?? "";
    credit.hidden = !credit.textContent;
    const form = document.querySelector("[data-place-form]");
    if (form) join(map, data, form);
    document.documentElement.dataset.ready = "true";
  };

  function join(map, data, form) {
    const readout = document.querySelector("[data-readout]");
    const candidates = [...document.querySelectorAll("[data-candidate]")];
    const areas = data.sub_areas.map((area) => ({ name: area.name, rings: Otakara.ringsOf(area.outline) }));
    const cross = L.marker(map.getCenter(), {
      icon: L.divIcon({ className: "cross", html: crossDrawing(), iconSize: [72, 72] }),
      draggable: true,
      keyboard: false,
      autoPan: true,
      zIndexOffset: 10000,
    }).addTo(map);
    cross.getElement().setAttribute("aria-hidden", "true");
    let isSet = false;

    const put = (at, { candidate = null, opening = false } = {}) => {
      isSet = true;
      if (!opening) document.querySelector("[data-put]").classList.remove("asks-confirm");
      cross.setLatLng(at);
      form.elements.lon.value = at.lng.toFixed(DECIMALS);
      form.elements.lat.value = at.lat.toFixed(DECIMALS);
      form.elements.candidate.value = candidate?.dataset.candidate ?? "";
      for (const one of candidates) one.setAttribute("aria-pressed", String(one === candidate));
      cross.getElement().classList.add("cross-set");
      if (opening && !candidate) return; // the page has asked its question
      const name = areaAt(areas, at);
      readout.textContent = candidate
        ? `候補の場所：${candidate.dataset.name}${name ? `（${name}）` : ""}`
        : name
          ? `十字の場所：${name}`
          : "十字は、どの地区の中にもありません。場所をたしかめてください。";
      readout.classList.toggle("readout-outside", !candidate && !name);
    };

    map.on("click", (event) => put(event.latlng));
    cross.on("drag", () => put(cross.getLatLng()));
    candidates.forEach((button, index) => {
      const at = L.latLng(Number(button.dataset.lat), Number(button.dataset.lon));
      const area = areaAt(areas, at);
      if (area) button.querySelector(".candidate-how").prepend(`${area}　`); // two halls of one name
      button.type = "button"; // without a script it places at once
      button.setAttribute("aria-pressed", "false");
      const choose = () => {
        show(map, at);
        put(at, { candidate: button });
        map.getContainer().scrollIntoView({ block: "center" }); // on a phone it lies below
      };
      button.addEventListener("click", choose);
      if (candidates.length > 1) {
        const icon = L.divIcon({ className: "spot", html: letter(index), iconSize: [38, 38] });
        const spot = L.marker(at, { icon, keyboard: false }).addTo(map);
        spot.getElement().setAttribute("aria-hidden", "true");
        spot.on("click", choose);
      }
    });

    const box = map.getContainer();
    box.tabIndex = 0;
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", "地図。矢印キーで十字が動き、Enterで置きます");
    box.setAttribute("aria-describedby", "map-keys");
    box.addEventListener("keydown", (event) => {
      if (event.target !== box || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key in ARROWS) {
        const step = event.shiftKey ? LONG_STEP : STEP;
        const [x, y] = ARROWS[event.key].map((way) => way * step);
        const here = map.latLngToContainerPoint(cross.getLatLng());
        const at = map.containerPointToLatLng(here.add([x, y]));
        put(at);
        map.panInside(at, { padding: [EDGE, EDGE], animate: false });
      } else if (event.key === "Enter") form.requestSubmit();
      else if (event.key === "+" || event.key === ";") map.setZoomAround(cross.getLatLng(), map.getZoom() + 0.5);
      else if (event.key === "-") map.setZoomAround(cross.getLatLng(), map.getZoom() - 0.5);
      else return;
      event.preventDefault();
    });

    form.addEventListener("submit", (event) => {
      if (isSet || event.submitter?.name === "typed") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      readout.textContent = "先に、地図の上で場所をえらんでください。";
      readout.classList.add("readout-outside");
      box.focus({ preventScroll: true });
    }, { capture: true });

    begin(map, pane(), candidates, cross, put);
  }

  const pane = () => document.querySelector("[data-map]").dataset;

  // Where the map opens: the place in question, all candidates, the town.
  function begin(map, start, candidates, cross, put) {
    if (start.lon) {
      const at = L.latLng(Number(start.lat), Number(start.lon));
      show(map, at);
      put(at, { candidate: candidates.length === 1 ? candidates[0] : null, opening: true });
      return;
    }
    if (candidates.length > 0) {
      const all = candidates.map((one) => [Number(one.dataset.lat), Number(one.dataset.lon)]);
      map.fitBounds(all, { padding: [90, 90], maxZoom: CLOSE_ZOOM, animate: false });
    }
    cross.setLatLng(map.getCenter());
  }

  function show(map, at) {
    map.setView(at, Math.max(map.getZoom(), CLOSE_ZOOM), { animate: false });
  }

  // The name of the smallest drawn area around a point.
  function areaAt(areas, { lat, lng }) {
    const found = areas.filter(({ rings }) => rings.filter((ring) => crosses(ring, lng, lat)).length % 2 === 1);
    return found.at(-1)?.name ?? "";
  }

  // Whether a ray to the east leaves the ring.
  function crosses(ring, x, y) {
    let inside = false;
    for (let i = 1; i < ring.length; i++) {
      const [ax, ay] = ring[i - 1];
      const [bx, by] = ring[i];
      if (ay > y !== by > y && x < ax + ((y - ay) / (by - ay)) * (bx - ax)) inside = !inside;
    }
    return inside;
  }

  function letter(index) {
    const made = document.createElement("span");
    made.className = "spot-letter";
    made.textContent = String.fromCharCode(65 + index);
    return made;
  }

  function crossDrawing() {
    const svg = document.createElementNS(SVG, "svg");
    svg.setAttribute("viewBox", "-36 -36 72 72");
    svg.setAttribute("width", "72");
    svg.setAttribute("height", "72");
    const path = "M-33 0H-7M7 0H33M0-33V-7M0 7V33";
    for (const name of ["cross-halo", "cross-line"]) {
      add(svg, "path", { class: name, d: path });
      add(svg, "circle", { class: name, r: 20 });
    }
    add(svg, "circle", { class: "cross-point", r: 4 });
    return svg;
  }

  function add(parent, tag, attributes) {
    const made = document.createElementNS(SVG, tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    parent.append(made);
  }
})();
