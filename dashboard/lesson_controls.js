// Native form controls of lessons: labels and legends belong to their controls, so that screen readers say them.
// Radio buttons of one question share a name that no other has; this file is loaded anew for every control.

// What this tab keeps for the visitor; a browser that keeps nothing is no reason to stop.
const shelf = {
  read(key) { try { return JSON.parse(sessionStorage.getItem(key)) ?? {}; } catch { return {}; } },
  write(key, what) { try { sessionStorage.setItem(key, JSON.stringify(what)); } catch { /* full, or not allowed */ } },
  forgetOthers(prefix) {
    try {
      Object.keys(sessionStorage).filter((key) => key.startsWith("coproduce ") && !key.startsWith(prefix))
        .forEach((key) => sessionStorage.removeItem(key));
    } catch { /* not allowed */ }
  },
};

// Questions that are handed in together. Until then nothing leaves the browser: drafts are kept in this tab.
function answers({ model, el }) {
  const form = make("form", "answers");
  let drafts = {}, tried = false;
  const key = () => model.get("shelf"), value = (field) => drafts[field.name] ?? "";
  const keep = (field, given) => { drafts[field.name] = given; if (key()) shelf.write(key(), drafts); complain(); };
  const missing = make("ul", "missing"), alert = make("div"), button = make("button"), below = make("p", "left");
  alert.setAttribute("role", "alert"); alert.append(missing);
  function complain() {
    const found = tried ? model.get("fields").map((field) => problem(field, value(field))).filter(Boolean) : [];
    missing.replaceChildren(...found.map((each) => make("li", "", each)));
    return found.length;
  }
  form.onsubmit = (event) => {
    event.preventDefault(); tried = true;
    if (complain()) return;
    tried = false;
    model.set("handed_in", [model.get("handed_in")[0] + 1, Object.fromEntries(model.get("fields").map((f) => [f.name, value(f)]))]);
    model.save_changes();
  };
  const show = () => {
    drafts = { ...model.get("values"), ...(key() && !model.get("disabled") ? shelf.read(key()) : {}) };
    button.textContent = model.get("button"); button.disabled = model.get("busy"); below.textContent = model.get("below");
    const rows = model.get("fields").map((field) => KINDS[field.kind](field, value(field), model.get("disabled"), (given) => keep(field, given)));
    form.replaceChildren(...rows, ...(model.get("disabled") ? [] : [alert, button, below])); complain();
  };
  form.noValidate = true; // what is wrong is said below, all at once
  model.on("change:fields change:values change:disabled change:shelf", show);
  model.on("change:button change:busy change:below", () => {
    button.textContent = model.get("button"); button.disabled = model.get("busy"); below.textContent = model.get("below");
  });
  el.appendChild(form); show();
}

function problem(field, given) {
  if (field.kind === "choice") return given ? "" : `${field.short}: choose one.`;
  if (field.kind === "text") return given.trim() ? "" : `${field.short}: write something.`;
  const number = Number(given), fits = given !== "" && number >= field.low && number <= field.high && (!field.whole || Number.isInteger(number));
  return fits ? "" : `${field.short}: ${field.whole ? "a whole number " : ""}from ${field.low.toLocaleString("en")} to ${field.high.toLocaleString("en")}.`;
}

function choice(field, given, disabled, keep) {
  const set = make("fieldset", "question"), name = "question-" + Math.random();
  set.append(make("legend", "", field.label)); set.disabled = disabled;
  for (const [value, text] of field.options) {
    const label = make("label", "answer"), input = make("input");
    Object.assign(input, { type: "radio", name, value, checked: value === given });
    input.onchange = () => keep(value);
    label.append(input, make("span", "", text)); set.append(label);
  }
  return set;
}

function amount(field, given, disabled, keep) {
  const label = make("label", "question amount"), input = make("input");
  label.append(make("span", "legend", field.label), input, make("span", "", field.unit));
  Object.assign(input, { type: "number", step: field.whole ? 1 : "any", min: field.low, max: field.high, value: given, disabled });
  input.oninput = () => keep(input.value);
  return label;
}

function text(field, given, disabled, keep) {
  const label = make("label", "question"), area = make("textarea"), left = make("span", "left");
  label.append(make("span", "legend", field.label), area, left);
  Object.assign(area, { rows: 4, maxLength: field.most, value: given, disabled });
  const count = () => { left.textContent = `${field.most - area.value.length} characters left`; };
  area.oninput = () => { count(); keep(area.value); };
  count();
  return label;
}
const KINDS = { choice, amount, text };

// What this tab knows of a visitor's lesson, told to the page once and kept when the page says so. It also takes the
// visitor to the top of a step.
function notebook({ model }) {
  const key = () => model.get("shelf") + model.get("lesson");
  const open = () => {
    shelf.forgetOthers(model.get("shelf"));
    if (!model.get("lesson") || model.get("memory").read) return;
    model.set("memory", { ...shelf.read(key()), read: true }); model.save_changes();
  };
  model.on("change:memory", () => { if (model.get("memory").read) shelf.write(key(), model.get("memory")); });
  model.on("change:shelf change:lesson", open);
  model.on("change:step", () => setTimeout(() => {
    const heading = document.querySelector(".lesson-step h2");
    window.scrollTo(0, 0);
    if (heading) { heading.tabIndex = -1; heading.focus({ preventScroll: true }); }
  }, 100));
  model.on("msg:custom", ({ name, type, text: whole }) => save(new Blob([whole], { type }), name));
  open();
}

function entry({ model, el }) {
  const form = make("form", "entry"), label = make("label", "question"), input = make("input"), button = make("button", "", model.get("button"));
  Object.assign(input, { type: model.get("secret") ? "password" : "text", maxLength: 100, required: true, autocomplete: "off", spellcheck: false });
  label.append(make("span", "legend", model.get("label")), input); form.append(label, button);
  form.onsubmit = (event) => {
    event.preventDefault();
    model.set("entered", [model.get("entered")[0] + 1, input.value]); model.save_changes(); input.value = "";
  };
  el.appendChild(form);
}

export default { render: (view) => ({ answers, notebook, entry })[view.model.get("control")](view) };
