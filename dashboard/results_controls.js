// Controls of Results: a file from the visitor's disk, a text to look for, and what is saved.
function labelled(model, el, type) {
  const label = make("label", "control"), input = make("input");
  input.type = type; label.append(make("span", "", model.get("label")), input); el.appendChild(label);
  return input;
}

// One piece after the other, each when the server has asked for it: it may refuse before anything is sent.
function file({ model, el }) {
  const input = labelled(model, el, "file"), said = make("p", "file-said"); el.appendChild(said);
  input.accept = model.get("accept"); said.setAttribute("role", "status");
  let chosen = null, at = 0;
  const piece = async () => {
    const part = await chosen.slice(at, at + model.get("piece")).arrayBuffer();
    at += part.byteLength; said.textContent = `${chosen.name}: ${Math.round(100 * at / chosen.size)} % sent`;
    model.send({ type: "piece" }, undefined, [new DataView(part)]);
  };
  input.onchange = () => {
    chosen = input.files[0]; at = 0; said.textContent = "";
    if (chosen) model.send({ type: "offer", name: chosen.name, size: chosen.size });
  };
  model.on("msg:custom", ({ type }) => {
    if (type === "more" && chosen) piece();
    if (type === "done") { said.textContent = ""; input.value = ""; chosen = null; }
  });
}

function text({ model, el }) {
  const input = labelled(model, el, "search"); let wait = 0;
  input.maxLength = 80; input.value = model.get("value");
  input.oninput = () => { clearTimeout(wait); wait = setTimeout(() => { model.set("value", input.value); model.save_changes(); }, 350); };
  model.on("change:value", () => { if (document.activeElement !== input) input.value = model.get("value"); });
}

function check({ model, el }) {
  const label = make("label", "control check"), input = make("input");
  input.type = "checkbox"; label.append(input, make("span", "", model.get("label"))); el.appendChild(label);
  input.checked = model.get("on");
  input.onchange = () => { model.set("on", input.checked); model.save_changes(); };
  model.on("change:on", () => { input.checked = model.get("on"); });
}

const KINDS = { csv: "text/csv", svg: "image/svg+xml", txt: "text/plain" };
function saver({ model }) {
  model.on("msg:custom", ({ kind, name, text }) => {
    if (kind === "png") return asPicture(name, text);
    save(new Blob([text], { type: KINDS[kind] }), name);
  });
}

function asPicture(name, text) {
  const picture = new Image(), url = URL.createObjectURL(new Blob([text], { type: KINDS.svg }));
  picture.onload = () => {
    const sheet = make("canvas"), scale = 3;
    sheet.width = picture.width * scale; sheet.height = picture.height * scale;
    const brush = sheet.getContext("2d"); brush.fillStyle = "#fff"; brush.fillRect(0, 0, sheet.width, sheet.height);
    brush.drawImage(picture, 0, 0, sheet.width, sheet.height); URL.revokeObjectURL(url);
    sheet.toBlob((blob) => save(blob, name));
  };
  picture.src = url;
}

export default { render: (view) => ({ file, text, check, saver })[view.model.get("control")](view) };
