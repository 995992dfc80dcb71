// Suggestions under the field for words: the combobox of the ARIA Authoring Practices, whose list is
// chosen from by keys or pointer while the focus stays in the field. Nothing typed is kept anywhere.
const FIELDS = 'form[action="/massagers"] input[name="q"]';
const ADDRESS = "/api/v1/suggestions";
const LEAST_LETTERS = 2;
const PAUSE_MS = 120;

const answers = new Map(); // by words, for as long as the page stands
const list = made("ul", { className: "suggestions", id: "suggestions", role: "listbox", hidden: true });
const status = made("p", { className: "visually-hidden", role: "status" });
list.ariaLabel = "Suggestions";

let field = null; // where somebody is typing
let chosen = -1;
let pause = 0;
let asking = null;

document.addEventListener("focusin", ({ target }) => target.matches(FIELDS) && attach(target));
document.addEventListener("focusout", ({ target }) => target === field && detach());
document.addEventListener("input", ({ target }) => target === field && later());
// Before anybody else: Escape closes the list, and only then what lies around it.
document.addEventListener("keydown", (event) => event.target === field && press(event), true);
list.addEventListener("pointerdown", (event) => event.preventDefault()); // the focus stays
list.addEventListener("click", ({ target }) => follow(target.closest("li")));
if (document.activeElement.matches(FIELDS)) attach(document.activeElement);

function attach(target) {
  field = target;
  field.form.append(list, status);
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-controls": list.id,
    "aria-expanded": "false",
    autocomplete: "off",
  })) {
    field.setAttribute(name, value);
  }
}

function detach() {
  close();
  list.remove();
  status.remove();
  field.removeAttribute("aria-controls");
  field = null;
}

function later() {
  if (!list.isConnected) attach(field); // an answer that was put in place had none
  clearTimeout(pause);
  pause = setTimeout(() => ask(wordsIn(field)), PAUSE_MS);
}

async function ask(words) {
  asking?.abort();
  if (words.length < LEAST_LETTERS) return close();
  asking = new AbortController();
  const { signal } = asking;
  try {
    if (!answers.has(words)) answers.set(words, await suggestionsFor(words, signal));
  } catch {
    return close(); // the form works without
  }
  if (!signal.aborted && field && wordsIn(field) === words) open(answers.get(words));
}

async function suggestionsFor(words, signal) {
  const answer = await fetch(`${ADDRESS}?${new URLSearchParams({ q: words })}`, { signal });
  return answer.ok ? (await answer.json()).suggestions : [];
}

function open(suggestions) {
  if (!suggestions.length) return close();
  list.replaceChildren(...suggestions.map(option));
  list.style.top = `${field.offsetTop + field.offsetHeight}px`;
  list.hidden = false;
  choose(-1);
  field.setAttribute("aria-expanded", "true");
  const number = suggestions.length;
  status.textContent = `${number} ${number === 1 ? "suggestion" : "suggestions"}`;
}

function close() {
  clearTimeout(pause);
  asking?.abort();
  if (list.hidden) return;
  list.hidden = true;
  choose(-1);
  field?.setAttribute("aria-expanded", "false");
  status.textContent = "";
}

function option(one, at) {
  const isAlone = one.count !== null && !comesToOthers();
  const count = isAlone ? `, ${one.count} ${one.count === 1 ? "massager" : "massagers"}` : "";
  const item = made("li", { id: `suggestion-${at}`, role: "option" });
  item.append(made("b", { textContent: one.label }), " ", made("small", { textContent: one.note + count }));
  item.suggestion = one;
  return item;
}

function press(event) {
  const isOpen = !list.hidden;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.isComposing) return;
  if (step && isOpen) {
    // The field itself is one of the places, before the first and after the last.
    const places = list.children.length + 1;
    choose(((chosen + 1 + step + places) % places) - 1);
  } else if (step === 1) ask(wordsIn(field));
  else if (event.key === "Enter" && isOpen && chosen >= 0) follow(list.children[chosen]);
  else if (event.key === "Escape" && isOpen) close();
  else return;
  event.preventDefault();
}

function choose(at) {
  chosen = at;
  [...list.children].forEach((item, i) => item.setAttribute("aria-selected", String(i === at)));
  if (at < 0) return field?.removeAttribute("aria-activedescendant");
  field.setAttribute("aria-activedescendant", list.children[at].id);
  list.children[at].scrollIntoView({ block: "nearest" });
}

// By a link in the form: in the listing that narrows in place, as all links of the listing do.
function follow(item) {
  if (!item) return;
  const { form } = field;
  const link = made("a", { href: addressOf(item.suggestion), hidden: true });
  field.value = field.defaultValue;
  close();
  form.append(link);
  link.click();
  link.remove();
}

// A choice made in the form of the listing comes to those that are made there already.
function comesToOthers() {
  return field.form.id === "narrow";
}

function addressOf({ kind, id, page, count }) {
  if (count === null || !comesToOthers()) return page; // only a choice has a count
  const query = new URLSearchParams(location.search);
  query.delete("page");
  if (!query.has(kind, id)) query.append(kind, id);
  return `${location.pathname}?${query}`;
}

function wordsIn(input) {
  return input.value.normalize("NFC").trim().replace(/\s+/g, " ");
}

function made(tag, properties) {
  return Object.assign(document.createElement(tag), properties);
}
