"""A file only the passphrase opens: PBKDF2-SHA256 and AES-256-GCM, undone by the browser itself."""

from __future__ import annotations

import base64
import json
import os
import unicodedata

ITERATIONS = 600_000
KEY_BYTES = 32
SALT_BYTES = 16
NONCE_BYTES = 12
ADDITIONAL_DATA = b"otakara-map 1"


def seal(content: bytes, passphrase: str, *, random: bytes | None = None) -> str:
    """Encrypt; the answer is JSON that :data:`OPENING_SCRIPT` reads.

    Parameters
    ----------
    content : bytes
        What nobody else may read.
    passphrase : str
        Compared after NFKC, so that keyboards do not matter.
    random : bytes, optional
        28 bytes for salt and nonce; tests only. Fresh ones are drawn otherwise.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    drawn = random or os.urandom(SALT_BYTES + NONCE_BYTES)
    salt, nonce = drawn[:SALT_BYTES], drawn[SALT_BYTES:]
    sealed = AESGCM(_key(passphrase, salt)).encrypt(nonce, content, ADDITIONAL_DATA)
    parts = {
        "iterations": ITERATIONS,
        "salt": _text(salt),
        "nonce": _text(nonce),
        "bound": _text(ADDITIONAL_DATA),
        "sealed": _text(sealed),
    }
    return json.dumps(parts)


def unseal(sealed_json: str, passphrase: str) -> bytes:
    """The content back, in Python: the tests' second opinion on what the browser does.

    Raises
    ------
    cryptography.exceptions.InvalidTag
        For another passphrase or a changed file.
    """
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    parts = json.loads(sealed_json)
    salt, nonce, sealed = (base64.b64decode(parts[k]) for k in ("salt", "nonce", "sealed"))
    return AESGCM(_key(passphrase, salt)).decrypt(nonce, sealed, ADDITIONAL_DATA)


def _key(passphrase: str, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.pbkdf2 import PBKDF2HMAC

    words = unicodedata.normalize("NFKC", passphrase).encode()
    return PBKDF2HMAC(SHA256(), KEY_BYTES, salt, ITERATIONS).derive(words)


def _text(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")


OPENING_STYLE = """
body{margin:0;font:1.125rem/1.7 "BIZ UDPGothic","Yu Gothic","Hiragino Sans",sans-serif;color:#14212e;background:#fff}
main{max-width:32rem;margin:12vh auto 0;padding:0 1.25rem}
h1{font-size:1.5rem}
.internal{margin:0;padding:.5rem 1.25rem;background:#14212e;color:#fff}
input,button{font:inherit;padding:.5rem .75rem;border:2px solid #14212e;border-radius:.375rem}
input{width:100%;box-sizing:border-box}
button{background:#14212e;color:#fff;cursor:pointer}
button[disabled]{opacity:.6}
:focus-visible{outline:3px solid #b8570a;outline-offset:2px}
"""

OPENING_SCRIPT = """"use strict";
(() => {
  const form = document.querySelector("form");
  const said = document.querySelector("[role=status]");
  const button = document.querySelector("button");
  const bytes = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  async function open(passphrase) {
    const parts = JSON.parse(document.getElementById("sealed").textContent);
    const words = new TextEncoder().encode(passphrase.normalize("NFKC"));
    const base = await crypto.subtle.importKey("raw", words, "PBKDF2", false, ["deriveKey"]);
    const key = await crypto.subtle.deriveKey(
      { name: "PBKDF2", hash: "SHA-256", salt: bytes(parts.salt), iterations: parts.iterations },
      base, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
    const plain = await crypto.subtle.decrypt(
      { name: "AES-GCM", iv: bytes(parts.nonce), additionalData: bytes(parts.bound) },
      key, bytes(parts.sealed));
    return new TextDecoder().decode(plain);
  }
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!window.crypto || !crypto.subtle) {
      said.textContent = said.dataset.unable;
      return;
    }
    button.disabled = true;
    said.textContent = said.dataset.opening;
    try {
      const page = await open(form.elements.passphrase.value);
      document.open();
      document.write(page);
      document.close();
    } catch {
      said.textContent = said.dataset.wrong;
      button.disabled = false;
      form.elements.passphrase.select();
    }
  });
})();
"""
