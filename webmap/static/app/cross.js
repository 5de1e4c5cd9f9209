"use strict";
// A crosshair on a map that a finger, a mouse or the arrow keys move.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const STEP = 12; // pixels
  const LONG_STEP = 72;
  const EDGE = 70; // the map follows before the crosshair leaves it
  const CLOSE_ZOOM = 16;
  const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  const SVG = "http://www.w3.org/2000/svg";

  // onMove(at): the reader moved it; onEnter(): Enter was pressed on the map.
  // Returns {put(at), rest(at), show(at), box}: put marks a chosen place, rest waits where it is not.
  Otakara.createCross = (map, label, { onMove, onEnter }) => {
    map.keyboard.disable(); // the arrows move the crosshair, not the map
    map.doubleClickZoom.disable(); // two taps are two tries to hit the place
    const cross = L.marker(map.getCenter(), {
      icon: L.divIcon({ className: "cross", html: drawing(), iconSize: [72, 72] }),
      draggable: true,
      keyboard: false,
      autoPan: true,
      zIndexOffset: 10000,
    }).addTo(map);
    cross.getElement().setAttribute("aria-hidden", "true");
    map.on("click", (event) => onMove(event.latlng));
    cross.on("drag", () => onMove(cross.getLatLng()));

    const box = map.getContainer();
    box.tabIndex = 0;
    box.setAttribute("role", "application");
    box.setAttribute("aria-label", label);
    box.setAttribute("aria-describedby", "map-keys");
    box.addEventListener("keydown", (event) => {
      if (event.target !== box || event.ctrlKey || event.altKey || event.metaKey) return;
      if (event.key in ARROWS) {
        const step = event.shiftKey ? LONG_STEP : STEP;
        const [x, y] = ARROWS[event.key].map((way) => way * step);
        const here = map.latLngToContainerPoint(cross.getLatLng());
        const at = map.containerPointToLatLng(here.add([x, y]));
        onMove(at);
        map.panInside(at, { padding: [EDGE, EDGE], animate: false });
      } else if (event.key === "Enter") onEnter();
      else if (event.key === "+" || event.key === ";") map.setZoomAround(cross.getLatLng(), map.getZoom() + 0.5);
      else if (event.key === "-") map.setZoomAround(cross.getLatLng(), map.getZoom() - 0.5);
      else return;
      event.preventDefault();
    });

    return {
      box,
      put(at) {
        cross.setLatLng(at);
        cross.getElement().classList.add("cross-set");
      },
      rest(at) {
        cross.setLatLng(at);
        cross.getElement().classList.remove("cross-set");
      },
      show(at) {
        map.setView(at, Math.max(map.getZoom(), CLOSE_ZOOM), { animate: false });
      },
    };
  };

  function drawing() {
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
