// Native form controls of lessons: labels and legends belong to their controls, so that screen readers say them.
// Radio buttons of one question share a name that no other has; this file is loaded anew for every control.
function question({ model, el }) {
  const field = make("fieldset", "question"), name = "question-" + Math.random();
  const show = () => {
    field.replaceChildren(make("legend", "", model.get("label")));
    for (const [value, text] of model.get("options")) {
      const label = make("label", "answer"), input = make("input");
      Object.assign(input, { type: "radio", name, value, checked: value === model.get("value") });
      input.onchange = () => { model.set("value", value); model.save_changes(); };
      label.append(input, make("span", "", text)); field.append(label);
    }
    field.disabled = model.get("disabled");
  };
  model.on("change:label change:options change:disabled", show);
  model.on("change:value", () => field.querySelectorAll("input").forEach((each) => { each.checked = each.value === model.get("value"); }));
  el.appendChild(field); show();
}

function amount({ model, el }) {
  const label = make("label", "question amount"), input = make("input");
  label.append(make("span", "legend", model.get("label")), input, make("span", "", model.get("unit")));
  Object.assign(input, { type: "number", step: "any", min: model.get("low"), max: model.get("high") });
  const show = () => {
    input.disabled = model.get("disabled");
    if (document.activeElement !== input) input.value = model.get("value") ?? "";
  };
  input.oninput = () => {
    const given = input.value !== "" && input.checkValidity() ? Number(input.value) : null;
    model.set("value", given); model.save_changes();
  };
  input.onchange = () => { if (input.value !== "") input.reportValidity(); };
  model.on("change:value change:disabled", show); el.appendChild(label); show();
}

function text({ model, el }) {
  const label = make("label", "question"), area = make("textarea"), left = make("span", "left");
  label.append(make("span", "legend", model.get("label")), area, left);
  Object.assign(area, { rows: 4, maxLength: model.get("most"), value: model.get("value") });
  const count = () => { left.textContent = `${model.get("most") - area.value.length} characters left`; };
  let later;
  const keep = () => { clearTimeout(later); if (area.value !== model.get("value")) { model.set("value", area.value); model.save_changes(); } };
  area.oninput = () => { count(); clearTimeout(later); later = setTimeout(keep, 300); };
  area.onchange = keep;
  const show = () => { area.disabled = model.get("disabled"); if (document.activeElement !== area) area.value = model.get("value"); count(); };
  model.on("change:value change:disabled", show); el.appendChild(label); show();
}

function entry({ model, el }) {
  const form = make("form", "entry"), label = make("label", "question"), input = make("input"), button = make("button", "", model.get("button"));
  Object.assign(input, { type: model.get("secret") ? "password" : "text", maxLength: 100, required: true, autocomplete: "off", spellcheck: false });
  label.append(make("span", "legend", model.get("label")), input); form.append(label, button);
  form.onsubmit = (event) => {
    event.preventDefault();
    model.set("entered", [model.get("entered")[0] + 1, input.value]); model.save_changes(); input.value = "";
  };
  const show = () => { input.disabled = button.disabled = model.get("disabled"); };
  model.on("change:disabled", show); el.appendChild(form); show();
}

export default { render: (view) => ({ question, amount, text, entry })[view.model.get("control")](view) };
