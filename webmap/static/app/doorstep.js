"use strict";
// The doorstep page: a place chosen by name or pressed on the map, in one form. It goes out by POST only;
// no address, no store of the browser and no picture from outside learns of it.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const DECIMALS = 6;

  // Called by the folium shell with the empty map.
  Otakara.start = async (map) => {
    const form = document.querySelector("[data-door]");
    const pane = document.querySelector("[data-map]");
    const wait = document.querySelector("[data-map-wait]");
    let data;
    try {
      data = stayingHere(await Otakara.readMapData(pane));
    } catch {
      wait.textContent = Otakara.say("地図を読み込めませんでした。一覧からえらんでください。");
      wait.classList.add("map-failed");
      return;
    }
    wait.remove();
    Otakara.FlagLayer = Otakara.defineFlagLayer();
    Otakara.NameLayer = Otakara.defineNameLayer();
    const flags = Otakara.createMapView(map, data);
    const press = join(map, form);
    flags.onChoose = ([number]) => {
      const { lon, lat } = data.flags.find((flag) => flag.numbers.includes(number));
      press(L.latLng(lat, lon));
    };
    document.documentElement.dataset.ready = "true";
  };

  // Neither pictures from outside, nor anything that leads away when it is pressed.
  function stayingHere(data) {
    const still = (areas) => areas.map((area) => ({ ...area, href: null }));
    const { neighbours, sub_areas: parts } = data;
    return { ...data, outside_tiles: undefined, across: [], neighbours: still(neighbours), sub_areas: still(parts) };
  }

  function join(map, form) {
    const readout = form.querySelector("[data-readout]");
    const { lon, lat, landmark } = form.elements;
    const cross = Otakara.createCross(map, Otakara.say("地図。矢印キーで十字が動き、そこから歩きます"), {
      onMove: press,
      onEnter: () => form.requestSubmit(),
    });

    function press(at) {
      if (landmark) landmark.value = "";
      lon.value = at.lng.toFixed(DECIMALS);
      lat.value = at.lat.toFixed(DECIMALS);
      cross.put(at);
      readout.textContent = Otakara.say("地図の十字の所から歩きます。");
    }

    function choose() {
      lon.value = lat.value = "";
      const { lon: x, lat: y } = landmark.selectedOptions[0].dataset;
      if (!x) {
        cross.rest(map.getCenter());
        readout.textContent = Otakara.say("地図を押しても、えらべます。");
        return;
      }
      const at = L.latLng(Number(y), Number(x));
      cross.show(at);
      cross.put(at);
      readout.textContent = Otakara.say("地図の十字の所から歩きます。");
    }

    if (landmark) landmark.required = false; // a place on the map does as well
    landmark?.addEventListener("change", choose);
    if (landmark?.value) choose();
    else if (lon.value) press(L.latLng(Number(lat.value), Number(lon.value)));
    form.addEventListener("submit", (event) => {
      if (landmark?.value || lon.value) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      readout.textContent = Otakara.say("どこから歩くかを、えらんでください。");
      (landmark ?? cross.box).focus();
    }, { capture: true });
    return press;
  }
})();
