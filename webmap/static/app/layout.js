"use strict";
// Which flags stand in full and which shrink to a dot. Pure, deterministic, and no flag is dropped:
// every item gets exactly one form.
(() => {
  const Otakara = (globalThis.Otakara ??= {});
  const MANY = 600; // items
  const CELL = 48;
  const SPAN = 1 << 20;
  const RINGS = [
    [24, 8],
    [42, 12],
    [62, 16],
  ];

  // Boxes by the cells they touch; a key is one number, because strings would cost most of the time.
  class Grid {
    #cells = new Map();

    add(box, owner) {
      const item = [...box, owner];
      const [left, top, right, bottom] = cellsOf(box);
      for (let x = left; x <= right; x++) {
        for (let y = top; y <= bottom; y++) {
          const key = x * SPAN + y;
          const cell = this.#cells.get(key);
          if (cell) cell.push(item);
          else this.#cells.set(key, [item]);
        }
      }
    }

    hits(box, owner) {
      const [left, top, right, bottom] = cellsOf(box);
      for (let x = left; x <= right; x++) {
        for (let y = top; y <= bottom; y++) {
          for (const [a, b, c, d, other] of this.#cells.get(x * SPAN + y) ?? []) {
            if (other !== owner && box[0] < c && box[2] > a && box[1] < d && box[3] > b) return true;
          }
        }
      }
      return false;
    }
  }

  function cellsOf(box) {
    return box.map((edge) => Math.floor(edge / CELL));
  }

  function box(x, y, half) {
    return [x - half, y - half, x + half, y + half];
  }

  // items: [{x, y, width, cloth, height, tall}] in order of importance; radius of a dot in pixels;
  // view: [left, top, right, bottom] where a cloth can be seen whole. No cloth covers the dot of
  // another point. Returns for each item {form: "flag"|"dot", left, tall, dx, dy} and the boxes of all cloths.
  Otakara.layoutFlags = (items, radius, view) => {
    const core = radius - 1;
    const points = new Grid();
    const cloths = new Grid();
    const dots = new Grid();
    items.forEach((item, i) => points.add(box(item.x, item.y, core), i));
    const boxes = [];
    const forms = new Array(items.length);

    items.forEach((item, i) => {
      if (sharesPoint(items, i, points)) return;
      for (const [left, tall] of sides(item, view)) {
        const top = item.y - item.height - (tall ? item.tall : 0);
        const cloth = clothOf(item, left, tall);
        const pole = [item.x - 3, top, item.x + 3, item.y - core];
        if ([cloth, pole].some((part) => cloths.hits(part, i) || points.hits(part, i))) continue;
        cloths.add(cloth, i);
        cloths.add(pole, i);
        boxes.push(cloth);
        forms[i] = { form: "flag", left, tall, dx: 0, dy: 0 };
        return;
      }
    });

    // Dots after all full flags: they give way to cloths and to each other.
    items.forEach((item, i) => {
      if (forms[i]) {
        dots.add(box(item.x, item.y, core), i);
      }
    });
    items.forEach((item, i) => {
      if (forms[i]) return;
      const spot = [[0, 0], ...offsets(items.length)].find(([dx, dy]) => {
        const wanted = box(item.x + dx, item.y + dy, radius);
        return !dots.hits(wanted, i) && !cloths.hits(wanted, i);
      });
      const [dx, dy] = spot ?? [0, 0];
      dots.add(box(item.x + dx, item.y + dy, radius), i);
      // In a crowd, what finds no place becomes a speck: it grows as the map does.
      const tiny = !spot && items.length > MANY;
      forms[i] = { form: "dot", left: false, tall: false, dx, dy, tiny };
    });
    return { forms, boxes };
  };

  function clothOf(item, left, tall) {
    const top = item.y - item.height - (tall ? item.tall : 0);
    return left
      ? [item.x - item.width, top, item.x + 3, top + item.cloth]
      : [item.x - 3, top, item.x + item.width, top + item.cloth];
  }

  // To the right and low is best; what would leave the view comes last.
  function sides(item, view) {
    const all = [
      [false, false],
      [true, false],
      [false, true],
      [true, true],
    ];
    const inside = ([left, tall]) => {
      const [a, b, c] = clothOf(item, left, tall);
      return a >= view[0] && b >= view[1] && c <= view[2];
    };
    return [...all.filter(inside), ...all.filter((side) => !inside(side))];
  }

  // Another item at (nearly) the same point: neither may hide the other's foot.
  function sharesPoint(items, i, points) {
    return points.hits(box(items[i].x, items[i].y, 1), i);
  }

  let ring = null;
  function offsets(count) {
    if (count > MANY) return []; // moving dots aside helps nobody in such a crowd
    ring ??= RINGS.flatMap(([radius, count]) =>
      Array.from({ length: count }, (_, k) => {
        const turn = (2 * Math.PI * k) / count - Math.PI / 2;
        return [Math.round(radius * Math.cos(turn)), Math.round(radius * Math.sin(turn))];
      }),
    );
    return ring;
  }
})();
