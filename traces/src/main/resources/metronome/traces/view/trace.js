"use strict";
/* Draws what can be zoomed: units and DRAM over time, and spike rasters. The data stands in the element "data". */
(() => {
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
      make("summary", this.details, "data: " + box.dataset.plot.toLowerCase());
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

  /* One line a unit: busy from below, above it stalled and waiting; over the lines when which layer is computed. */
  class UnitPainter {
    constructor(trace) {
      this.trace = trace;
      this.left = 76;
      this.lanes = trace.lanes.map(lane => ({name: lane.name, cause: expand(lane.cause),
        parts: ["busy", "stalled", "waiting"].map(part => new Sums(expand(lane[part]), trace.bin, trace.cycles))}));
      this.height = 24 + 28 * this.lanes.length + 20;
      this.columns = this.lanes.flatMap(lane => [lane.name + " busy", lane.name + " stalled",
        lane.name + " waiting", lane.name + " mostly for"]);
      this.legend = [["busy", "busy"], ["stall", "stalled"], ["wait", "waiting"], ["page", "idle"]];
    }

    cause(lane, cycle) {
      return data.causes[lane.cause[Math.floor(cycle / this.trace.bin)] - 1] || "";
    }

    row(from, to) {
      return this.lanes.flatMap(lane => [...lane.parts.map(part => part.between(from, to)), this.cause(lane, (from + to) / 2)]);
    }

    told(cycle, y) {
      const lane = this.lanes[Math.floor((y - 24) / 28)];
      if (!lane) {
        return "";
      }
      const from = Math.floor(cycle / this.trace.bin) * this.trace.bin;
      const to = Math.min(from + this.trace.bin, this.trace.cycles);
      const [busy, stalled, waiting] = lane.parts.map(part => part.between(from, to));
      const layers = this.trace.spans.filter(span => span.from < to && span.to > from).map(span => span.name).join(", ");
      return `${lane.name}, cycle ${count(from)}${to - from > 1 ? " to " + count(to - 1) : ""}: busy ${count(busy)}, stalled ${count(stalled)}, waiting ${count(waiting)}`
        + `${stalled + waiting > 0 ? " (" + this.cause(lane, from).replaceAll("_", " ") + ")" : ""}`
        + `, idle ${count((to - from) * this.trace.units - busy - stalled - waiting)}${layers ? "; layer " + layers : ""}`;
    }

    paint(pen, width, range) {
      this.spans(pen, width, range, colour("soft"), colour("ink"));
      const colours = ["busy", "stall", "wait"].map(colour);
      const cycles = (range.to - range.from) / (width - this.left);
      this.lanes.forEach((lane, i) => {
        const top = 24 + 28 * i;
        pen.fillStyle = colour("page");
        pen.fillRect(this.left, top, width - this.left, 22);
        for (let x = this.left; x < width; x++) {
          const from = range.from + (x - this.left) * cycles;
          let y = top + 22;
          lane.parts.forEach((part, p) => {
            const height = 22 * part.between(from, from + cycles) / cycles / this.trace.units;
            y -= height;
            pen.fillStyle = colours[p];
            pen.fillRect(x, y, 1, height);
          });
        }
        pen.fillStyle = colour("ink");
        pen.textAlign = "left";
        pen.textBaseline = "middle";
        pen.fillText(lane.name, 0, top + 12);
      });
    }

    spans(pen, width, range, soft, ink) {
      const x = cycle => this.left + (cycle - range.from) / (range.to - range.from) * (width - this.left);
      pen.textBaseline = "middle";
      pen.textAlign = "left";
      pen.fillStyle = ink;
      pen.fillText("layer", 0, 10);
      for (const span of this.trace.spans) {
        const from = Math.max(x(span.from), this.left);
        const to = Math.min(x(span.to), width);
        if (to > from) {
          pen.globalAlpha = 0.25;
          pen.fillStyle = soft;
          pen.fillRect(from, 2, to - from, 16);
          pen.globalAlpha = 1;
          pen.fillRect(from, 2, 1, 16);
          pen.fillStyle = ink;
          if (pen.measureText(span.name).width + 6 < to - from) {
            pen.fillText(span.name, from + 4, 10);
          }
        }
      }
    }
  }

  /* Bytes read, and on them bytes written, by time; means over what many bursts take, as one alone is over in a moment. */
  class BandwidthPainter {
    constructor(trace) {
      this.trace = trace;
      this.left = 76;
      this.height = 190;
      this.read = new Sums(expand(trace.read), trace.bin, trace.cycles);
      this.written = new Sums(expand(trace.written), trace.bin, trace.cycles);
      this.columns = ["read, bytes", "written, bytes"];
      this.legend = [["busy", "read"], ["stall", "written"]];
      this.burst = trace.burst / trace.peak * trace.clock / 1000;
    }

    row(from, to) {
      return [this.read.between(from, to), this.written.between(from, to)];
    }

    rate(sums, from, to) {
      return to > from ? sums.between(from, to) / ((to - from) * 1000 / this.trace.clock) : 0;
    }

    width(pixels, range) {
      return Math.max((range.to - range.from) / pixels, this.trace.bin, 32 * this.burst);
    }

    told(cycle) {
      const from = Math.max(0, cycle - 16 * this.burst);
      const to = Math.min(this.trace.cycles, Math.max(from + this.trace.bin, cycle + 16 * this.burst));
      return `cycles ${count(from)} to ${count(to)}: read ${figure(this.rate(this.read, from, to))} GB/s, written `
        + `${figure(this.rate(this.written, from, to))} GB/s, of ${figure(this.trace.peak)} GB/s`;
    }

    paint(pen, width, range) {
      const wide = this.width(width - this.left, range);
      const columns = [];
      for (let from = Math.floor(range.from / wide) * wide; from < range.to; from += wide) {
        const to = Math.min(from + wide, this.trace.cycles);
        columns.push([from, to, this.rate(this.read, from, to), this.rate(this.written, from, to)]);
      }
      const most = Math.max(...columns.map(column => column[2] + column[3]), this.trace.peak / 1000);
      const ticks = step(most, 4);
      const top = Math.ceil(most / ticks) * ticks;
      const bottom = this.height - 22;
      const y = rate => bottom - rate / top * (bottom - 8);
      const x = cycle => this.left + Math.max(0, cycle - range.from) / (range.to - range.from) * (width - this.left);
      this.lines(pen, width, ticks, top, y);
      for (const [from, to, read, written] of columns) {
        const end = Math.min(x(to), width);
        pen.fillStyle = colour("busy");
        pen.fillRect(x(from), y(read), end - x(from) + 0.3, bottom - y(read));
        pen.fillStyle = colour("stall");
        pen.fillRect(x(from), y(read + written), end - x(from) + 0.3, y(read) - y(read + written));
      }
    }

    lines(pen, width, ticks, top, y) {
      pen.textAlign = "left";
      pen.textBaseline = "middle";
      for (let rate = 0; rate <= top * 1.001; rate += ticks) {
        pen.fillStyle = colour("line");
        pen.fillRect(this.left, y(rate), width - this.left, 1);
        pen.fillStyle = colour("soft");
        pen.fillText(figure(rate) + " GB/s", 0, y(rate));
      }
    }
  }

  function raster(canvas) {
    const of = data.traces[canvas.dataset.trace].rasters[canvas.dataset.layer];
    const cells = expand(of.cells);
    const [pen, width] = surface(canvas, 150);
    const columns = cells.length / of.rows;
    const most = Math.max(...cells);
    pen.fillStyle = colour("accent");
    cells.forEach((spikes, i) => {
      if (spikes > 0) {
        const x = i % columns * width / columns;
        const y = Math.floor(i / columns) * 150 / of.rows;
        pen.globalAlpha = 0.15 + 0.85 * Math.sqrt(spikes / most);
        pen.fillRect(x, y, Math.max(width / columns - 0.5, 1), Math.max(150 / of.rows, 1));
      }
    });
  }

  function saveRasters(trace) {
    const lines = [["layer", "first_neuron", "neurons", "first_step", "steps", "spikes"]];
    for (const of of trace.rasters.filter(one => one.cells)) {
      const cells = expand(of.cells);
      const columns = cells.length / of.rows;
      cells.forEach((spikes, i) => {
        if (spikes > 0) {
          lines.push([of.name, Math.floor(i / columns) * of.neurons, of.neurons, i % columns * of.steps, of.steps, spikes]);
        }
      });
    }
    save("rasters" + (trace.label ? "-" + trace.label : "") + ".csv", lines);
  }

  const ranges = data.traces.map(trace => new Range(trace));
  for (const [kind, Painter] of [["units", UnitPainter], ["bandwidth", BandwidthPainter]]) {
    for (const box of document.querySelectorAll("." + kind)) {
      const trace = data.traces[box.dataset.trace];
      new OverTime(box, trace, ranges[box.dataset.trace], new Painter(trace));
    }
  }
  for (const button of document.querySelectorAll("button.rasters")) {
    button.addEventListener("click", () => saveRasters(data.traces[button.dataset.trace]));
  }

  function draw() {
    ranges.forEach(range => range.plots.forEach(plot => plot.draw()));
    document.querySelectorAll("canvas.raster").forEach(raster);
  }

  draw();
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
  let width = window.innerWidth;
  window.addEventListener("resize", () => {
    if (window.innerWidth !== width) {
      width = window.innerWidth;
      draw();
    }
  });
  document.documentElement.dataset.drawnMs = Math.round(performance.now());
})();
