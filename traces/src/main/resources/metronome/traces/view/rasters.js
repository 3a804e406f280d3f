/* Spike rasters, and the beginning of all. */
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
