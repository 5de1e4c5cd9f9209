"use strict";
// Files that take a while: a press says so, and is taken once.
(() => {
  const AGAIN_MS = 6000; // nobody tells a page when its file has come
  const Otakara = (globalThis.Otakara ??= {});
  document.documentElement.classList.replace("no-script", "with-script");

  for (const form of document.querySelectorAll("form[data-print]")) {
    const busy = form.querySelector("[data-busy]");
    form.addEventListener("submit", (event) => {
      if (event.submitter && !event.submitter.hasAttribute("data-file")) return;
      if (form.dataset.sent) {
        event.preventDefault();
        return;
      }
      form.dataset.sent = "true";
      busy.textContent = Otakara.say("ファイルを作っています。できると、開くか保存されます。");
      setTimeout(() => {
        delete form.dataset.sent;
        busy.textContent = "";
      }, AGAIN_MS);
    });
  }
})();
