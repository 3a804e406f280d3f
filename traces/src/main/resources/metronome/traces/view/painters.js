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
