/* What people name at a meeting: a tap or the key S drops あ, い, う … on the map.
   Online each one goes to the running machine at once; offline they become one file. */
"use strict";

window.Otakara = window.Otakara || {};

window.Otakara.wireStickers = function wireStickers() {};
