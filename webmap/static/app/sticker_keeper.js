"use strict";
// What was dropped on this screen: kept in the tab, sent to the running machine or saved as one file.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const FORMAT = "otakara-stickers";
  const VERSION = 1;
  const MOST = 300; // what one file may hold
  const DECIMALS = 7;
  const KANA = "あいうえおかきくけこさしすせそたちつてとなにぬねのはひふへほまみむめもやゆよらりるれろわをん";
  const FIRST_WAIT_MS = 1_000;
  const LONGEST_WAIT_MS = 20_000;
  const PATIENCE_MS = 10_000;
  const MOST_REFUSALS = 3;
  const UNREADABLE = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;
  const UNFIT_FOR_NAMES = /[\u0000-\u001f<>:"/\\|?*]/g;

  // あ … ん, then あ2 … ん2.
  Otakara.stickerLetter = (index) => {
    const round = Math.floor(index / KANA.length);
    return KANA[index % KANA.length] + (round ? String(round + 1) : "");
  };

  // postUrl: null where there is no machine to send to. onChange: told whenever something is different.
  Otakara.keepStickers = ({ area, postUrl, onChange }) => {
    const key = `otakara-stickers ${location.pathname} ${area.level}/${area.code}`;
    const state = restore(key) ?? { meeting: random(), all: [], saved: 0, changes: 0 };
    let toFile = postUrl === null;
    let token = null;
    let sending = false;
    let away = false; // the last try did not reach the machine
    let refusals = 0; // one after the other
    let wake = () => {};

    const shown = () => state.all.filter((one) => !one.gone);
    const waiting = () => {
      if (toFile) return state.saved === state.changes ? 0 : shown().length;
      return state.all.filter((one) => one.sent !== one.version && !one.refused).length;
    };

    function changed() {
      state.changes += 1;
      remember();
    }

    function remember() {
      const text = JSON.stringify(state);
      store("sessionStorage", key, text);
      // A tab that was closed by mistake comes back; what has been saved leaves this computer.
      store("localStorage", key, toFile && waiting() ? text : null);
      onChange();
    }

    const keeper = {
      shown,
      waiting: () => (toFile || away ? waiting() : 0), // what is on its way is not worth a word
      savesFile: () => toFile,
      isFull: () => state.all.length >= MOST,

      drop(lat, lon) {
        const index = shown().reduce((most, one) => Math.max(most, one.index + 1), 0);
        const sticker = {
          id: random(), secret: random(), index, letter: Otakara.stickerLetter(index), word: "",
          ...place(lat, lon), at: new Date().toISOString(), version: 1, sent: 0, tried: false,
        }; // prettier-ignore
        state.all.push(sticker);
        changed();
        keeper.send();
        return sticker;
      },

      // Written or moved: sent when the hand rests (send()).
      change(sticker, { word = sticker.word, lat = sticker.lat, lon = sticker.lon }) {
        const clean = word.replace(UNREADABLE, "");
        Object.assign(sticker, { word: clean.toWellFormed?.() ?? clean, ...place(lat, lon) });
        sticker.version += 1;
        changed();
      },

      takeBack(sticker) {
        Object.assign(sticker, { gone: true, refused: false });
        sticker.version += 1;
        if (!sticker.tried) state.all.splice(state.all.indexOf(sticker), 1);
        changed();
        keeper.send();
      },

      async send() {
        wake();
        if (sending || toFile) return;
        sending = true;
        let wait = FIRST_WAIT_MS;
        for (;;) {
          const next = state.all.find((one) => one.sent !== one.version && !one.refused);
          if (!next || toFile) break;
          const outcome = await sendOne(next);
          away = outcome === "again";
          onChange();
          if (!away) {
            wait = FIRST_WAIT_MS;
            continue;
          }
          await new Promise((resolve) => {
            wake = resolve;
            setTimeout(resolve, wait);
          });
          wait = Math.min(2 * wait, LONGEST_WAIT_MS);
        }
        sending = false;
      },

      // One small file, named after area and day.
      save() {
        const file = {
          format: FORMAT,
          version: VERSION,
          meeting: state.meeting,
          area: { level: area.level, code: area.code, name: area.name },
          stickers: shown().map(({ id, letter, word, lon, lat, at }) => ({ id, letter, word: word.trim(), lon, lat, at })),
        };
        const day = new Date().toLocaleDateString("sv-SE"); // 2026-11-21
        download(`${Otakara.say("ふせん")}_${area.name}_${day}.json`.replace(UNFIT_FOR_NAMES, "_"), JSON.stringify(file, null, 1));
        state.saved = state.changes;
        remember();
      },
    };

    // "done", "again", or "closed": this machine takes nothing from here.
    async function sendOne(sticker) {
      const version = sticker.version;
      try {
        token ??= await askDoor();
        if (token === null) return "closed";
        sticker.tried = true;
        const answer = await post(sticker);
        if (answer.status === 403) {
          token = null; // the machine was started anew
          refusals += 1;
          if (refusals >= MOST_REFUSALS) return closeDoor();
        } else refusals = 0;
        if (answer.status >= 500 || [403, 409, 429].includes(answer.status)) return "again";
        sticker.refused = !answer.ok && !sticker.gone;
        sticker.sent = version;
      } catch {
        return "again"; // the machine is away, or has just gone to sleep
      }
      if (sticker.gone && sticker.sent === sticker.version) state.all.splice(state.all.indexOf(sticker), 1);
      remember();
      return "done";
    }

    async function askDoor() {
      const answer = await fetch(`${postUrl}/door`, { headers: { Accept: "application/json" }, signal: AbortSignal.timeout(PATIENCE_MS) });
      if (!answer.ok) throw new Error(`door: ${answer.status}`);
      const door = await answer.json();
      if (!door.takes) closeDoor();
      return door.takes ? door.csrf : null;
    }

    function closeDoor() {
      toFile = true;
      state.changes += 1; // nothing of it is in a file yet
      remember();
      return "closed";
    }

    function post(sticker) {
      const { id, secret, letter, word, lon, lat } = sticker;
      const { level, code, name } = area;
      const words = sticker.gone
        ? { id, secret }
        : { id, secret, meeting: state.meeting, letter, word: word.trim(), lon, lat, level, code, area: name };
      return fetch(sticker.gone ? `${postUrl}/undo` : postUrl, {
        method: "POST",
        headers: { Accept: "application/json", "Content-Type": "application/json", "X-Otakara-Form": token },
        body: JSON.stringify(words),
        signal: AbortSignal.timeout(PATIENCE_MS),
      });
    }

    addEventListener("online", () => wake());
    addEventListener("beforeunload", (event) => {
      if (waiting()) event.preventDefault();
    });
    if (state.all.length) keeper.send();
    return keeper;
  };

  function place(lat, lon) {
    const [y, x] = [lat, lon].map((degrees) => Number(degrees.toFixed(DECIMALS)));
    return { lat: Math.min(90, Math.max(-90, y)), lon: Math.min(180, Math.max(-180, x)) };
  }

  function random() {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  // A browser may forbid a page, a file above all, to remember anything.
  function store(kind, key, text) {
    try {
      if (text === null) globalThis[kind].removeItem(key);
      else globalThis[kind].setItem(key, text);
    } catch {
      // The stickers of this screen live as long as the screen.
    }
  }

  function restore(key) {
    for (const kind of ["sessionStorage", "localStorage"]) {
      try {
        const found = JSON.parse(globalThis[kind].getItem(key));
        if (found?.all.length) return found;
      } catch {
        // Not allowed, or not ours.
      }
    }
    return null;
  }

  function download(name, text) {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text], { type: "application/json" }));
    link.download = name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), PATIENCE_MS);
  }
})();
