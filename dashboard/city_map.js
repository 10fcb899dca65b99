// One canvas a map, one binary message a frame, at most one drawing an animation frame, then an acknowledgement.
// Frame, little-endian: u32 number, u32 watch, u32 n marks | u8 level a cell | u32 cell a mark | u8 kind a mark.
const OUTSIDE = 255, HIGHEST = 254;

function paletteOf(model) {
  const bytes = model.get("palette"), colours = new Uint32Array(256);
  for (let i = 0; i < 256; i++)
    colours[i] = (255 << 24) | (bytes.getUint8(3 * i + 2) << 16) | (bytes.getUint8(3 * i + 1) << 8) | bytes.getUint8(3 * i);
  return colours;
}

function frameOf(view, cells) {
  if (!view || view.byteLength < 12) return null;
  const n = view.getUint32(8, true), start = view.byteOffset + 12;
  return {
    number: view.getUint32(0, true), watch: view.getUint32(4, true),
    level: new Uint8Array(view.buffer, start, cells),
    cell: new Uint32Array(view.buffer.slice(start + cells, start + cells + 4 * n)),
    kind: new Uint8Array(view.buffer, start + cells + 4 * n, n),
  };
}

function trace(context, shape, x, y, q) {
  if (shape === "square") context.rect(x - q, y - q, 2 * q, 2 * q);
  else if (shape === "triangle") {
    context.moveTo(x, y - 1.3 * q); context.lineTo(x + 1.2 * q, y + q); context.lineTo(x - 1.2 * q, y + q); context.closePath();
  } else if (shape === "diamond") {
    context.moveTo(x, y - 1.5 * q); context.lineTo(x + 1.5 * q, y); context.lineTo(x, y + 1.5 * q); context.lineTo(x - 1.5 * q, y);
    context.closePath();
  } else { context.moveTo(x + q, y); context.arc(x, y, q, 0, 7); }
}

// Each kind has a place of its own in a cell, so that marks of different kinds do not hide each other.
const PLACES = { diamond: [0.5, 0.5], square: [0.28, 0.28], triangle: [0.72, 0.72], circle: [0.72, 0.28] };

function render({ model, el }) {
  const rows = model.get("rows"), columns = model.get("columns"), cells = rows * columns;
  const box = make("div", "city-map"), canvas = make("canvas", "city-canvas"), bar = make("canvas", "city-bar");
  const legend = make("div", "city-legend"), spoken = make("div", "only-spoken");
  canvas.tabIndex = 0; canvas.setAttribute("role", "application"); spoken.setAttribute("aria-live", "polite");
  bar.width = 255; bar.height = 1; bar.setAttribute("aria-hidden", "true");
  box.append(canvas, bar, legend, spoken); el.appendChild(box);
  const context = canvas.getContext("2d", { alpha: false, willReadFrequently: true });
  let colours, image, pixels, columnAt, rowAt, wide = 0, high = 0, due = false, frame = null;
  let cursor = [columns >> 1, rows >> 1];

  function showLegend() {
    colours = paletteOf(model);
    const brush = bar.getContext("2d"), strip = brush.createImageData(255, 1);
    new Uint32Array(strip.data.buffer).set(colours.subarray(0, 255)); brush.putImageData(strip, 0, 0);
    const { low, high: top, unit } = model.get("scale"), part = (text) => Object.assign(make("span", ""), { textContent: text });
    legend.replaceChildren(part(low), part(unit), part(top));
  }
  function fit() {
    const width = Math.max(160, Math.min(box.clientWidth || 400, 2400)), ratio = Math.min(devicePixelRatio || 1, 2);
    const w = Math.round(width * ratio), h = Math.round(w * rows / columns);
    if (w === wide && h === high) return;
    [wide, high] = [w, h]; canvas.width = w; canvas.height = h;
    canvas.style.width = width + "px"; canvas.style.height = width * rows / columns + "px";
    image = context.createImageData(w, h); pixels = new Uint32Array(image.data.buffer);
    columnAt = Uint16Array.from({ length: w }, (_, x) => Math.min(columns - 1, x * columns / w | 0));
    rowAt = Uint16Array.from({ length: h }, (_, y) => Math.min(rows - 1, y * rows / h | 0));
  }
  function paint() {
    let before = -1;
    for (let y = 0; y < high; y++) {
      const at = y * wide, row = rowAt[y] * columns;
      if (row === before) { pixels.copyWithin(at, at - wide, at); continue; }
      before = row;
      for (let x = 0; x < wide; x++) pixels[at + x] = colours[frame.level[row + columnAt[x]]];
    }
    context.putImageData(image, 0, 0);
  }
  function borders() {
    const area = model.get("areas"), of = (i) => area.getInt16(2 * i, true), u = wide / columns, v = high / rows;
    if (!area || area.byteLength < 2 * cells) return;
    context.beginPath(); context.strokeStyle = model.get("border"); context.lineWidth = Math.max(1, u / 8);
    for (let r = 0; r < rows; r++) for (let c = 0; c < columns; c++) {
      const i = r * columns + c;
      if (c + 1 < columns && of(i) !== of(i + 1)) { context.moveTo((c + 1) * u, r * v); context.lineTo((c + 1) * u, (r + 1) * v); }
      if (r + 1 < rows && of(i) !== of(i + columns)) { context.moveTo(c * u, (r + 1) * v); context.lineTo((c + 1) * u, (r + 1) * v); }
    }
    context.stroke();
  }
  function marks() {
    const kinds = model.get("kinds"), shown = model.get("shown"), u = wide / columns, v = high / rows, q = Math.max(2, u / 4.5);
    for (let k = kinds.length - 1; k >= 0; k--) {
      if (!shown[k]) continue;
      const [dx, dy] = PLACES[kinds[k].shape];
      context.beginPath(); context.fillStyle = kinds[k].colour; context.strokeStyle = "#000"; context.lineWidth = 1;
      for (let i = 0; i < frame.kind.length; i++) if (frame.kind[i] === k)
        trace(context, kinds[k].shape, (frame.cell[i] % columns + dx) * u, ((frame.cell[i] / columns | 0) + dy) * v, q);
      context.fill(); context.stroke();
    }
  }
  function ring(cell, wider) {
    const u = wide / columns, v = high / rows;
    for (const [colour, width] of [["#000", 5], ["#fff", 2]]) {
      context.strokeStyle = colour; context.lineWidth = width;
      context.strokeRect(cell[0] * u - wider, cell[1] * v - wider, u + 2 * wider, v + 2 * wider);
    }
  }
  // Whom is followed: a circle around the home, and a line to each tie's.
  function follow(cell, others) {
    const u = wide / columns, v = high / rows, at = (i) => [(i % columns + 0.5) * u, ((i / columns | 0) + 0.5) * v];
    const [x, y] = at(cell), around = Math.max(9, 1.6 * u);
    for (const [colour, width] of [["#000", 5], ["#fff", 2]]) {
      context.beginPath(); context.strokeStyle = colour; context.lineWidth = width;
      for (const other of others) { context.moveTo(x, y); context.lineTo(...at(other)); }
      context.moveTo(x + around, y); context.arc(x, y, around, 0, 7); context.stroke();
    }
  }
  function draw() {
    due = false; frame = frameOf(model.get("frame"), cells);
    if (!frame || !wide) return;
    paint(); borders(); marks();
    const picked = model.get("picked"), ringed = model.get("ringed");
    if (ringed >= 0) follow(ringed, model.get("tied"));
    if (picked >= 0) ring([picked % columns, picked / columns | 0], 1);
    if (document.activeElement === canvas) ring(cursor, 3);
    canvas.dataset.frame = frame.number; canvas.dataset.watch = frame.watch;
    model.set("ack", frame.number); model.save_changes();
  }
  const ask = () => { if (!due) { due = true; requestAnimationFrame(draw); } };
  function tell() {
    if (!frame) return;
    const level = frame.level[cursor[1] * columns + cursor[0]], { bottom, top, unit } = model.get("range");
    const value = level === OUTSIDE ? "outside the city" : (bottom + level / HIGHEST * (top - bottom)).toFixed(2) + " " + unit;
    spoken.textContent = `Column ${cursor[0] + 1}, row ${cursor[1] + 1}: ${value}`;
  }
  function pick(column, row) {
    cursor = [column, row]; model.set("picked", row * columns + column); model.save_changes(); ask();
  }
  canvas.addEventListener("click", (event) => {
    const place = canvas.getBoundingClientRect(), part = (at, size, n) => Math.max(0, Math.min(n - 1, at / size * n | 0));
    pick(part(event.clientX - place.left, place.width, columns), part(event.clientY - place.top, place.height, rows));
  });
  canvas.addEventListener("keydown", (event) => {
    const move = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (move) {
      const far = event.shiftKey ? 10 : 1;
      cursor = cursor.map((at, i) => Math.max(0, Math.min((i ? rows : columns) - 1, at + move[i] * far)));
      event.preventDefault(); tell(); ask();
    } else if (event.key === "Enter") { event.preventDefault(); pick(cursor[0], cursor[1]); }
    else if (event.key === " ") { event.preventDefault(); model.send({ type: "toggle" }); }
  });
  canvas.addEventListener("focus", () => { tell(); ask(); });
  canvas.addEventListener("blur", ask);
  const name = () => canvas.setAttribute("aria-label", model.get("label"));
  for (const key of ["frame", "picked", "ringed", "tied", "shown"]) model.on("change:" + key, ask);
  model.on("change:label", name);
  model.on("change:palette change:scale", () => { showLegend(); ask(); });
  const watcher = new ResizeObserver(() => { fit(); ask(); });
  watcher.observe(box); fit(); showLegend(); name(); ask();
  return () => watcher.disconnect();
}
export default { render };
