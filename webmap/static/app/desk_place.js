"use strict";
// Placing: a crosshair on the town's map that a finger, a mouse or the arrow keys move.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const CLOSE_ZOOM = 16;
  const DECIMALS = 6;

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
    let isSet = false;

    const put = (at, { candidate = null, opening = false } = {}) => {
      isSet = true;
      if (!opening) document.querySelector("[data-put]").classList.remove("asks-confirm");
      cross.put(at);
      form.elements.lon.value = at.lng.toFixed(DECIMALS);
      form.elements.lat.value = at.lat.toFixed(DECIMALS);
      form.elements.candidate.value = candidate?.dataset.candidate ?? "";
      for (const one of candidates) one.setAttribute("aria-pressed", String(one === candidate));
      if (opening && !candidate) return; // the page has asked its question
      const name = areaAt(areas, at);
      readout.textContent = candidate
        ? `候補の場所：${candidate.dataset.name}${name ? `（${name}）` : ""}`
        : name
          ? `十字の場所：${name}`
          : "十字は、どの地区の中にもありません。場所をたしかめてください。";
      readout.classList.toggle("readout-outside", !candidate && !name);
    };

    const cross = Otakara.createCross(map, "地図。矢印キーで十字が動き、Enterで置きます", {
      onMove: (at) => put(at),
      onEnter: () => form.requestSubmit(),
    });
    candidates.forEach((button, index) => {
      const at = L.latLng(Number(button.dataset.lat), Number(button.dataset.lon));
      const area = areaAt(areas, at);
      if (area) button.querySelector(".candidate-how").prepend(`${area}　`); // two halls of one name
      button.type = "button"; // without a script it places at once
      button.setAttribute("aria-pressed", "false");
      const choose = () => {
        cross.show(at);
        put(at, { candidate: button });
        cross.box.scrollIntoView({ block: "center" }); // on a phone it lies below
      };
      button.addEventListener("click", choose);
      if (candidates.length > 1) {
        const icon = L.divIcon({ className: "spot", html: letter(index), iconSize: [38, 38] });
        const spot = L.marker(at, { icon, keyboard: false }).addTo(map);
        spot.getElement().setAttribute("aria-hidden", "true");
        spot.on("click", choose);
      }
    });

    form.addEventListener("submit", (event) => {
      if (isSet || event.submitter?.name === "typed") return;
      event.preventDefault();
      event.stopImmediatePropagation();
      readout.textContent = "先に、地図の上で場所をえらんでください。";
      readout.classList.add("readout-outside");
      cross.box.focus({ preventScroll: true });
    }, { capture: true });

    begin(map, pane(), candidates, cross, put);
  }

  const pane = () => document.querySelector("[data-map]").dataset;

  // Where the map opens: the place in question, all candidates, the town.
  function begin(map, start, candidates, cross, put) {
    if (start.lon) {
      const at = L.latLng(Number(start.lat), Number(start.lon));
      cross.show(at);
      put(at, { candidate: candidates.length === 1 ? candidates[0] : null, opening: true });
      return;
    }
    if (candidates.length > 0) {
      const all = candidates.map((one) => [Number(one.dataset.lat), Number(one.dataset.lon)]);
      map.fitBounds(all, { padding: [90, 90], maxZoom: CLOSE_ZOOM, animate: false });
    }
    cross.rest(map.getCenter());
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
})();
