"use strict";
// Where the base map's tiles come from: our own server, or an archive inside the offline file.
// Whoever asks for a tile gets one; a tile that cannot be had is an empty one, on paper colour.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const SIZE = 256;
  const KEPT = 160; // tiles: a wall of four thousand pixels, and a little around it
  const AT_ONCE = 6; // requests, so that a server that fails is not asked for everything first
  const FAILURES = 3; // in a row; then nobody is asked for a while
  const PAUSE_MS = 30_000;

  // Tiles already read, so that lines and names of one tile are fetched once.
  class Shelf {
    #kept = new Map();

    constructor(read, bounds) {
      this.tileSize = SIZE;
      this._read = read;
      this._bounds = L.latLngBounds([bounds[1], bounds[0]], [bounds[3], bounds[2]]);
    }

    get(at) {
      const key = `${at.z}/${at.x}/${at.y}`;
      let tile = this.#kept.get(key);
      if (!tile) {
        const forget = () => (this.#kept.delete(key), new Map());
        const read = async () => features(at, await this._read(at));
        tile = this._holds(at) ? read().catch(forget) : Promise.resolve(new Map());
      }
      this.#kept.delete(key);
      this.#kept.set(key, tile);
      if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value);
      return tile;
    }

    _holds({ z, x, y }) {
      const corner = (dx, dy) => L.CRS.EPSG3857.pointToLatLng(L.point(SIZE * (x + dx), SIZE * (y + dy)), z);
      return this._bounds.intersects(L.latLngBounds(corner(0, 0), corner(1, 1)));
    }
  }

  // The library reads a tile only through a source of its own.
  function features(at, data) {
    const source = new protomapsL.PmtilesSource({ getZxy: async () => data && { data } }, false);
    return source.get(at, SIZE);
  }

  function fromServer(url) {
    const turns = atMost(AT_ONCE);
    let failures = 0;
    let askedAgain = 0;
    return async ({ z, x, y }) => {
      await turns.take();
      try {
        return await ask(url.replace("{z}", z).replace("{x}", x).replace("{y}", y));
      } finally {
        turns.give();
      }
    };

    async function ask(address) {
      if (failures >= FAILURES && performance.now() < askedAgain) throw new Error("the server is left alone");
      try {
        const answer = await fetch(address);
        if (!answer.ok) throw new Error(`tile: ${answer.status}`);
        const data = answer.status === 204 ? null : await answer.arrayBuffer();
        failures = 0;
        return data;
      } catch (fault) {
        failures += 1;
        askedAgain = performance.now() + PAUSE_MS;
        throw fault;
      }
    }
  }

  function atMost(count) {
    let free = count;
    const waiting = [];
    return {
      take: () => (free > 0 ? void free-- : new Promise((go) => waiting.push(go))),
      give: () => (waiting.length ? waiting.shift()() : void free++),
    };
  }

  function fromArchive(text) {
    const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0)).buffer;
    const archive = new pmtiles.PMTiles({
      getKey: () => "inside",
      getBytes: async (offset, length) => ({ data: bytes.slice(offset, offset + length) }),
    });
    return async ({ z, x, y }) => (await archive.getZxy(z, x, y))?.data ?? null;
  }

  // The page and the hall in one file share one archive.
  const opened = new Map();
  Otakara.openGround = ({ url, archive, bounds }) => {
    const key = url ?? archive;
    if (!opened.has(key)) opened.set(key, new Shelf(archive ? fromArchive(archive) : fromServer(url), bounds));
    return opened.get(key);
  };
})();
