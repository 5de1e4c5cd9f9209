"use strict";
// Treasures across the border: small pale dots that lead to their line under the list. They are no
// flags of this area: no Tab stop, no number in the count, no place in the layout.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const HALF = 12; // pixels, of a dot
  const PANE = "across";

  // places: [{lon, lat, entries: [{number, mark, symbol, name}]}] in the order of the list.
  Otakara.drawAcross = (map, places) => {
    map.createPane(PANE).style.zIndex = "365"; // over names, under flags
    const layer = { onChoose: () => {}, boxes };
    const spots = places.map((place) => ({ place, at: L.latLng(place.lat, place.lon) }));
    for (const { place, at } of spots) {
      const button = dot(place);
      button.addEventListener("click", () => layer.onChoose(place.entries[0].number));
      L.DomEvent.disableClickPropagation(button);
      const icon = L.divIcon({ className: "", html: button, iconSize: [2 * HALF, 2 * HALF] });
      L.marker(at, { icon, pane: PANE, keyboard: false }).addTo(map);
    }

    function boxes() {
      return spots.map(({ at }) => {
        const { x, y } = map.latLngToLayerPoint(at);
        return [x - HALF, y - HALF, x + HALF, y + HALF];
      });
    }

    return layer;
  };

  function dot({ entries }) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "across-dot";
    button.tabIndex = -1; // the list says the same, and is where a keyboard goes
    button.textContent = entries[0].symbol;
    const said = entries.map(({ mark, name }) => `${mark} ${name.slice(0, 60)}`).join(Otakara.say("、"));
    button.setAttribute("aria-label", Otakara.say("となりの地区：%(said)s", { said }));
    button.title = said;
    return button;
  }

  // Show the line of one: unfold what hides it, mark it, bring it into view.
  Otakara.openAcross = (number) => {
    const line = document.getElementById(`near-${number}`);
    document.querySelector(".across-chosen")?.classList.remove("across-chosen");
    line.classList.add("across-chosen");
    const fold = line.closest("details");
    if (fold) fold.open = true;
    line.scrollIntoView({ block: "center" }); // at once: the whole list lies between
    line.focus({ preventScroll: true });
  };
})();
