"use strict";
// The desk: sends what a page asks to be sent, and tells when a list or the map is being read.
(() => {
  const BUSY = 202; // another screen is loading
  const AGAIN_MS = 2000;
  document.documentElement.classList.replace("no-script", "with-script");

  // What changed in the files comes onto the map while the clerk goes on.
  for (const form of document.querySelectorAll("form[data-load]")) send(form);

  async function send(form) {
    const line = form.querySelector("[data-load-line]");
    form.dataset.state = "running";
    let answer;
    try {
      do {
        if (answer) await new Promise((wake) => setTimeout(wake, AGAIN_MS));
        answer = await fetch(form.action, {
          method: "POST",
          body: new URLSearchParams(new FormData(form)),
          headers: { Accept: "application/json" },
        });
      } while (answer.status === BUSY);
    } catch {
      if (!leaving) failed(form, line, "地図に出せませんでした。下のボタンで、もう一度お試しください。");
      return;
    }
    if (answer.ok && form.dataset.next) location.replace(form.dataset.next);
    else if (answer.ok) {
      form.dataset.state = "done";
      line.textContent = "地図に出しました。";
      form.querySelector("button").hidden = true;
    } else if (form.dataset.next) form.submit(); // the page says every fault
    else failed(form, line, "まだ地図に出せません。「地図に出す」を押すと、わけが出ます。");
  }

  function failed(form, line, words) {
    form.dataset.state = "failed";
    line.textContent = words;
  }

  let leaving = false;
  addEventListener("pagehide", () => (leaving = true));

  // A press that takes a while says so, and is taken once.
  for (const form of document.querySelectorAll("form[data-once]")) {
    form.addEventListener("submit", (event) => {
      if (form.dataset.sent) return event.preventDefault();
      form.dataset.sent = "true";
      const button = event.submitter ?? form.querySelector("button");
      button.classList.add("waiting");
      const words = button.dataset.wait;
      if (words) setTimeout(() => (button.textContent = words));
      return undefined;
    });
  }
  addEventListener("pageshow", (event) => {
    if (event.persisted) location.reload(); // brought back from memory: its token and lists are old
  });

  // A file that is too large is told before it is sent.
  for (const input of document.querySelectorAll("input[data-most-bytes]")) {
    const note = document.querySelector("[data-file-note]");
    input.addEventListener("change", () => {
      const tooLarge = (input.files[0]?.size ?? 0) > Number(input.dataset.mostBytes);
      note.textContent = tooLarge ? "このファイルは大きすぎます。一覧だけのファイルにしてください。" : "";
      input.setCustomValidity(note.textContent);
    });
  }

  // A choice that opens more to fill in.
  for (const box of document.querySelectorAll("[data-opens]")) {
    const more = document.getElementById(box.dataset.opens);
    const show = () => (more.hidden = !box.checked);
    for (const one of box.form.elements[box.name] ?? []) one.addEventListener("change", show);
    show();
  }

  const narrow = matchMedia("(max-width: 899px), (max-height: 559px)");
  for (const fold of document.querySelectorAll("details[data-fold]")) {
    const set = () => (fold.open = !narrow.matches);
    set();
    narrow.addEventListener("change", set);
  }
  document.querySelector("[data-focus]")?.focus({ preventScroll: true });
})();
