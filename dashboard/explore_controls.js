// Native controls of Explore alone: a grouped list, a slider over kept frames, a table that sorts, and what the
// visitor's system says of motion.
function grouped({ model, el }) {
  const label = make("label", "control"), select = make("select"), title = make("span");
  label.append(title, select); el.appendChild(label);
  function show() {
    title.textContent = model.get("label");
    const groups = model.get("groups").map(([name, options]) => {
      const group = Object.assign(make("optgroup"), { label: name });
      group.append(...options.map(([value, text]) => new Option(text, value)));
      return group;
    });
    select.replaceChildren(new Option("choose", ""), ...groups);
    select.value = model.get("value");
    if (select.selectedIndex < 0) select.value = "";
  }
  select.onchange = () => { if (select.value) model.send({ type: "choose", value: select.value }); };
  model.on("change:groups change:value change:label", show); show();
}

// While a frame is on its way no other is asked for; the latest wish is sent when it has come.
function scrub({ model, el }) {
  const label = make("label", "control scrub"), input = make("input"), title = make("span");
  label.append(title, input); el.appendChild(label);
  input.type = "range"; input.min = 0; input.step = 1;
  let asked = false, wish = null;
  const send = () => { asked = true; model.send({ type: "to", value: wish }); wish = null; };
  input.oninput = () => { wish = Number(input.value); if (!asked) send(); };
  function show() {
    title.textContent = model.get("label");
    input.max = Math.max(model.get("count") - 1, 0);
    input.disabled = model.get("disabled") || model.get("count") < 2;
    if (wish === null && !asked) input.value = model.get("value");
    input.setAttribute("aria-valuetext", model.get("moment"));
  }
  model.on("msg:custom", () => { asked = false; if (wish !== null) send(); else show(); });
  model.on("change:count change:value change:label change:moment change:disabled", show); show();
}

function table({ model, el }) {
  const box = make("div", "people-box"), sheet = make("table", "people"), caption = make("caption");
  const head = make("thead"), body = make("tbody");
  box.tabIndex = 0; box.setAttribute("role", "region"); box.setAttribute("aria-label", "People of the city, a table");
  sheet.append(caption, head, body); box.append(sheet); el.appendChild(box);
  function heading([key, text]) {
    const cell = make("th"), button = make("button", "sort", text), [by, down] = model.get("sorted");
    cell.scope = "col"; button.type = "button"; button.dataset.key = key; cell.appendChild(button);
    if (key === by) { cell.setAttribute("aria-sort", down ? "descending" : "ascending"); button.append(down ? " ▼" : " ▲"); }
    button.onclick = () => model.send({ type: "sort", key });
    return cell;
  }
  function line([subject, ...values]) {
    const row = make("tr"), first = make("th"), button = make("button", "choose", values[0]);
    first.scope = "row"; button.type = "button"; first.appendChild(button);
    button.onclick = () => model.send({ type: "choose", value: subject });
    if (subject === model.get("chosen")) { row.className = "chosen"; button.setAttribute("aria-current", "true"); }
    row.append(first, ...values.slice(1).map((value) => make("td", "", value)));
    return row;
  }
  function show() {
    const focused = document.activeElement?.dataset?.key;
    caption.textContent = model.get("caption");
    const row = make("tr"); row.append(...model.get("columns").map(heading)); head.replaceChildren(row);
    body.replaceChildren(...model.get("rows").map(line));
    if (focused) head.querySelector(`[data-key="${focused}"]`)?.focus();
  }
  model.on("change:rows change:sorted change:columns change:chosen change:caption", show); show();
}

function motion({ model }) {
  if (matchMedia("(prefers-reduced-motion: reduce)").matches) { model.set("reduced", true); model.save_changes(); }
}

export default { render: (view) => ({ grouped, scrub, table, motion })[view.model.get("control")](view) };
