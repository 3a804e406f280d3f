/* Plots over time that can be zoomed: what is common to all. The data stands in the element "data". */
const data = JSON.parse(document.getElementById("data").textContent);
const colour = name => getComputedStyle(document.documentElement).getPropertyValue("--" + name).trim();
const count = value => Math.round(value).toLocaleString("en-US");
const figure = value => value.toLocaleString("en-US", {maximumSignificantDigits: 4});

/* "7*3 0" is 7, 7, 7, 0. */
function expand(text) {
  const values = [];
  for (const run of text ? text.split(" ") : []) {
    const [value, times = "1"] = run.split("*");
    for (let i = Number(times); i > 0; i--) {
      values.push(Number(value));
    }
  }
  return values;
}

/* Sums of numbers in bins, between any two cycles. */
class Sums {
  constructor(values, bin, cycles) {
    this.values = values;
    this.bin = bin;
    this.cycles = cycles;
    this.before = new Float64Array(values.length + 1);
    values.forEach((value, i) => { this.before[i + 1] = this.before[i] + value; });
  }

  upTo(cycle) {
    const i = Math.min(Math.floor(cycle / this.bin), this.values.length);
    const from = i * this.bin;
    const width = Math.min(this.bin, this.cycles - from);
    return this.before[i] + (i < this.values.length && width > 0 ? this.values[i] * Math.min((cycle - from) / width, 1) : 0);
  }

  between(from, to) {
    return this.upTo(to) - this.upTo(from);
  }
}

function make(tag, parent, text, className) {
  const element = document.createElement(tag);
  element.textContent = text || "";
  element.className = className || "";
  parent.append(element);
  return element;
}

function button(parent, text, title, action) {
  const made = make("button", parent, text);
  made.type = "button";
  made.title = title;
  made.setAttribute("aria-label", title);
  made.addEventListener("click", action);
  return made;
}

function save(name, lines) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([lines.map(line => line.join(",") + "\n").join("")], {type: "text/csv"}));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 1000);
}

function surface(canvas, height) {
  const scale = window.devicePixelRatio || 1;
  const width = canvas.clientWidth;
  canvas.width = Math.round(width * scale);
  canvas.height = Math.round(height * scale);
  canvas.style.height = height + "px";
  const pen = canvas.getContext("2d");
  pen.scale(scale, scale);
  pen.clearRect(0, 0, width, height);
  pen.font = "12px system-ui, sans-serif";
  return [pen, width];
}

/* The cycles of a trace that are seen; all its plots over time share it. */
class Range {
  constructor(trace) {
    this.cycles = trace.cycles;
    this.least = Math.min(trace.cycles, 20 * trace.bin);
    this.from = 0;
    this.to = trace.cycles;
    this.plots = [];
  }

  show(from, width) {
    const wide = Math.min(Math.max(width, this.least), this.cycles);
    this.from = Math.min(Math.max(from, 0), this.cycles - wide);
    this.to = this.from + wide;
    this.plots.forEach(plot => plot.draw());
  }

  zoom(factor, share) {
    const width = this.to - this.from;
    const wide = Math.min(Math.max(width * factor, this.least), this.cycles);
    this.show(this.from + (width - wide) * share, wide);
  }

  move(share) {
    this.show(this.from + share * (this.to - this.from), this.to - this.from);
  }
}

function step(width, most) {
  const power = Math.pow(10, Math.floor(Math.log10(width / most)));
  return power * [1, 2, 5, 10].find(factor => width / (factor * power) <= most);
}

/* A plot over time: what is common to units and DRAM. A painter has height, columns, rows, told and paint. */
class OverTime {
  constructor(box, trace, range, painter) {
    this.trace = trace;
    this.range = range;
    this.painter = painter;
    this.controls(box);
    this.canvas = make("canvas", box, "", "over-time");
    this.canvas.tabIndex = 0;
    this.canvas.setAttribute("role", "img");
    this.canvas.setAttribute("aria-label", box.dataset.plot);
    this.told = make("p", box, "", "told");
    this.folded(box);
    this.pointers = new Map();
    this.listen();
    range.plots.push(this);
  }

  controls(box) {
    const bar = make("div", box, "", "bar");
    button(bar, "+", "zoom in", () => this.range.zoom(0.5, 0.5));
    button(bar, "−", "zoom out", () => this.range.zoom(2, 0.5));
    button(bar, "◀", "earlier", () => this.range.move(-0.5));
    button(bar, "▶", "later", () => this.range.move(0.5));
    button(bar, "all", "show the whole image", () => this.range.show(0, this.range.cycles));
    this.seen = make("span", bar, "");
    if (this.painter.legend) {
      const legend = make("ul", box, "", "legend");
      for (const [name, text] of this.painter.legend) {
        const entry = make("li", legend, "");
        make("i", entry, "").style.background = `var(--${name})`;
        entry.append(text);
      }
    }
  }

  folded(box) {
    this.details = make("details", box, "");
    make("summary", this.details, "data: " + box.dataset.plot);
    this.table = make("div", this.details, "", "scroll");
    button(make("p", this.details, ""), "download as CSV", "download all bins of the image as CSV",
      () => save(box.dataset.plot.toLowerCase().replaceAll(" ", "-") + (this.trace.label ? "-" + this.trace.label : "") + ".csv",
        [["cycle", "cycles", ...this.painter.columns], ...this.every()]));
    this.details.addEventListener("toggle", () => this.tabulate());
  }

  every() {
    const rows = [];
    for (let i = 0, from = 0; from < this.trace.cycles; i++, from += this.trace.bin) {
      const to = Math.min(from + this.trace.bin, this.trace.cycles);
      rows.push([from, to - from, ...this.painter.row(from, to, i)]);
    }
    return rows;
  }

  tabulate() {
    if (!this.details.open) {
      return;
    }
    this.table.textContent = "";
    const table = make("table", this.table, "");
    const head = make("tr", make("thead", table, ""), "");
    ["from cycle", "to cycle", ...this.painter.columns].forEach(text => make("th", head, text, "n"));
    const body = make("tbody", table, "");
    const rows = Math.min(50, Math.max(1, Math.round((this.range.to - this.range.from) / this.trace.bin)));
    for (let i = 0; i < rows; i++) {
      const from = this.range.from + i * (this.range.to - this.range.from) / rows;
      const to = this.range.from + (i + 1) * (this.range.to - this.range.from) / rows;
      const line = make("tr", body, "");
      [count(from), count(to), ...this.painter.row(from, to).map(v => typeof v === "number" ? figure(v) : v)]
        .forEach(text => make("td", line, text, "n"));
    }
  }

  share(event) {
    const box = this.canvas.getBoundingClientRect();
    return Math.min(Math.max((event.clientX - box.left - this.painter.left) / (box.width - this.painter.left), 0), 1);
  }

  listen() {
    const canvas = this.canvas;
    canvas.addEventListener("wheel", event => {
      if (event.ctrlKey || event.metaKey) {
        event.preventDefault();
        this.range.zoom(event.deltaY > 0 ? 1.25 : 0.8, this.share(event));
      }
    }, {passive: false});
    canvas.addEventListener("dblclick", event => this.range.zoom(0.5, this.share(event)));
    canvas.addEventListener("keydown", event => {
      const act = {"+": () => this.range.zoom(0.5, 0.5), "-": () => this.range.zoom(2, 0.5), "0": () => this.range.show(0, this.range.cycles),
        ArrowLeft: () => this.range.move(-0.2), ArrowRight: () => this.range.move(0.2)}[event.key];
      if (act) {
        event.preventDefault();
        act();
      }
    });
    canvas.addEventListener("pointerdown", event => {
      this.pointers.set(event.pointerId, this.share(event));
      canvas.setPointerCapture(event.pointerId);
    });
    for (const end of ["pointerup", "pointercancel"]) {
      canvas.addEventListener(end, event => this.pointers.delete(event.pointerId));
    }
    canvas.addEventListener("pointermove", event => this.moved(event));
  }

  moved(event) {
    const now = this.share(event);
    const before = this.pointers.get(event.pointerId);
    if (before !== undefined) {
      const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, share]) => share);
      this.pointers.set(event.pointerId, now);
      if (others.length > 0) {
        const apart = Math.abs(before - others[0]);
        this.range.zoom(Math.min(Math.max(apart / Math.max(Math.abs(now - others[0]), 0.01), 0.5), 2), others[0]);
      } else {
        this.range.move(before - now);
      }
    }
    const box = this.canvas.getBoundingClientRect();
    const cycle = this.range.from + now * (this.range.to - this.range.from);
    this.told.textContent = this.painter.told(Math.min(cycle, this.trace.cycles - 1), event.clientY - box.top);
  }

  draw() {
    const [pen, width] = surface(this.canvas, this.painter.height);
    const us = cycle => figure(cycle / this.trace.clock) + " µs";
    this.seen.textContent = `cycles ${count(this.range.from)} to ${count(this.range.to)} (${us(this.range.from)} to ${us(this.range.to)})`;
    this.painter.paint(pen, width, this.range);
    this.axis(pen, width);
    this.tabulate();
  }

  axis(pen, width) {
    const wide = this.range.to - this.range.from;
    const left = this.painter.left;
    const ticks = step(wide, Math.max(2, Math.floor((width - left) / 110)));
    pen.fillStyle = colour("soft");
    pen.textBaseline = "alphabetic";
    pen.textAlign = "left";
    pen.fillText("cycle", 0, this.painter.height - 3);
    for (let at = Math.ceil(this.range.from / ticks) * ticks; at <= this.range.to; at += ticks) {
      const x = left + (at - this.range.from) / wide * (width - left);
      pen.fillRect(x, this.painter.height - 18, 1, 4);
      pen.textAlign = x > width - 40 ? "right" : x < left + 10 ? "left" : "center";
      pen.fillText(count(at), x, this.painter.height - 3);
    }
  }
}
