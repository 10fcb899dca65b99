// Native form controls: what assistive technology and phones know how to work.
function choice({ model, el }) {
  const label = make("label", "control"), title = make("span"), select = make("select");
  label.append(title, select); el.appendChild(label);
  const show = () => {
    title.textContent = model.get("label");
    select.replaceChildren(...model.get("options").map(([value, text]) =>
      new Option(text, value, false, value === model.get("value"))));
  };
  select.onchange = () => { model.set("value", select.value); model.save_changes(); };
  model.on("change:value change:options change:label", show); show();
}

// What was not taken is said beside the field, and stays there until something is.
function refuse(note, input) {
  const given = input.value === "" ? "that" : input.value;
  note.textContent = `Not taken: ${given}. It must be ${input.step === "any" ? "a number" : "a whole number"} from ${input.min} to ${input.max}.`;
}

function complaint() {
  const note = make("span", "wrong"); note.setAttribute("role", "alert");
  return note;
}

function number({ model, el }) {
  const label = make("label", "control"), title = make("span"), input = make("input"), note = complaint();
  label.append(title, input, note); el.appendChild(label);
  Object.assign(input, { type: "number", step: 1 });
  const show = () => {
    title.textContent = model.get("label");
    Object.assign(input, { min: model.get("low"), max: model.get("high"), value: model.get("value") });
  };
  input.onchange = () => {
    if (input.checkValidity() && input.value !== "") {
      note.textContent = ""; model.set("value", Math.round(Number(input.value))); model.save_changes();
    } else { refuse(note, input); show(); }
  };
  model.on("change:value change:label change:low change:high", show); show();
}

// A list of levers or switches: one row each, with unit and range as declared.
function levers({ model, el }) {
  const list = make("div", "levers"); el.appendChild(list);
  const turn = (row, value) => { model.send({ type: "turn", table: row.table, key: row.key, value }); };
  function line(row) {
    const label = make("label", "lever"), input = make("input"), note = complaint();
    label.append(make("span", "lever-name", row.title), input, make("span", "lever-unit", row.told), note);
    input.dataset.key = row.table + "." + row.key; input.disabled = model.get("disabled");
    if (row.on !== undefined) {
      Object.assign(input, { type: "checkbox", checked: row.on });
      input.onchange = () => turn(row, input.checked ? 1 : 0);
    } else {
      Object.assign(input, { type: "number", min: row.low, max: row.high, step: "any", value: row.value });
      input.onchange = () => {
        note.textContent = "";
        if (input.checkValidity() && input.value !== "") turn(row, Number(input.value));
        else { refuse(note, input); input.value = row.value; }
      };
    }
    return label;
  }
  const show = () => list.replaceChildren(...model.get("rows").map(line));
  // The city refuses what it cannot pay for: the row is again as it was, and says why.
  model.on("msg:custom", ({ type, key, why }) => {
    if (type !== "refused") return;
    show();
    const row = list.querySelector(`[data-key="${CSS.escape(key)}"]`);
    if (row) { row.closest(".lever").querySelector(".wrong").textContent = why; row.focus(); }
  });
  model.on("change:rows change:disabled", show); show();
}

// The address follows the settings, without a new entry in the history for each.
function address({ model }) {
  document.documentElement.lang = "en";
  const viewport = document.querySelector("meta[name=viewport]");
  if (viewport) viewport.content = "width=device-width, initial-scale=1";
  const follow = () => history.replaceState(history.state, "", location.pathname + "?" + model.get("query"));
  model.on("change:query", follow); follow();
  const answers = { png: savePicture, csv: (name, text) => save(new Blob([text], { type: "text/csv" }), name), copy };
  answers.svg = (name, text) => save(new Blob([text], { type: "image/svg+xml" }), name);
  model.on("msg:custom", ({ type, name, text }) => answers[type]?.(name, text));
}

function copy() { navigator.clipboard?.writeText(location.href).catch(() => {}); }

// All maps of the page side by side in one picture, each under its name.
function savePicture(name) {
  const maps = [...document.querySelectorAll("canvas.city-canvas")], gap = 16, top = 44, foot = 34;
  const sheet = make("canvas"), width = maps.reduce((sum, map) => sum + map.width + gap, gap);
  sheet.width = width; sheet.height = Math.max(...maps.map((map) => map.height)) + top + gap + foot;
  const brush = sheet.getContext("2d"); brush.fillStyle = "#fff"; brush.fillRect(0, 0, sheet.width, sheet.height);
  brush.fillStyle = "#111"; brush.font = "22px sans-serif";
  let x = gap;
  for (const map of maps) {
    brush.fillText(map.closest("[data-title]")?.dataset.title || map.getAttribute("aria-label"), x, 30, map.width);
    brush.drawImage(map, x, top); x += map.width + gap;
  }
  const about = document.querySelector("[data-about]")?.dataset.about, clock = document.querySelector(".clock")?.textContent;
  brush.font = "18px sans-serif";
  brush.fillText(`${about}. ${clock} One run on shared luck, not a forecast.`, gap, sheet.height - gap, sheet.width - 2 * gap);
  sheet.toBlob((blob) => save(blob, name));
}

export default { render: (view) => ({ choice, number, levers, address })[view.model.get("control")](view) };
