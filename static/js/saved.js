// Fills the page of saved machines. Each card is asked for by itself and is the one that lists have.
import { documentOf } from "./markup.js";
import * as shelf from "./shelf.js";

const $ = (id) => document.getElementById(id);
const drawn = new Map(); // the entry of each machine, by slug
let forgotten = null;

$("saved").hidden = false;
$("saved-without").hidden = true;
draw();

document.addEventListener("saved", ({ detail: { name } }) => {
  draw();
  say(`${name} is taken out.`);
  $("kept").tabIndex = -1;
  $("kept").focus({ preventScroll: true });
});
addEventListener("storage", draw);

$("forget").addEventListener("click", () => {
  forgotten = { saved: shelf.machines("saved"), seen: shelf.machines("seen") };
  for (const name in forgotten) shelf.fill(name, []);
  draw();
  say("All forgotten. This browser keeps no machine now.");
  $("put-back").hidden = false;
  $("put-back").focus();
});

$("put-back").addEventListener("click", () => {
  for (const name in forgotten) shelf.fill(name, forgotten[name]);
  $("put-back").hidden = true;
  draw();
  say("Put back.");
  $("forget").focus();
});

$("seen-on").addEventListener("change", ({ target }) => {
  shelf.remember(target.checked);
  draw();
  say(target.checked ? "From now on they are remembered." : "No longer remembered, and those here are forgotten.");
});

$("compare-saved").addEventListener("change", allow);

function draw() {
  const saved = shelf.machines("saved");
  const seen = shelf.machines("seen");
  const most = Number($("compare-saved").dataset.most);
  for (const one of saved) {
    if (!drawn.has(one.slug)) drawn.set(one.slug, entry(one, drawn.size < most));
  }
  $("kept-list").replaceChildren(...saved.map((one) => drawn.get(one.slug)));
  $("compare-saved").hidden = !saved.length;
  $("kept-none").hidden = saved.length > 0;
  $("seen-list").replaceChildren(...seen.map(({ slug, name }) => item(link(slug, name))));
  $("seen-none").hidden = seen.length > 0;
  $("seen-on").checked = shelf.remembers();
  $("forget").hidden = !saved.length && !seen.length;
  allow();
}

// No more boxes than can stand side by side.
function allow() {
  const boxes = [...$("kept-list").querySelectorAll("input")];
  const full = boxes.filter((one) => one.checked).length >= Number($("compare-saved").dataset.most);
  for (const one of boxes) one.disabled = full && !one.checked;
}

function entry({ slug, name }, ticked) {
  const box = Object.assign(document.createElement("input"), {
    type: "checkbox",
    name: "p",
    value: slug,
    checked: ticked,
  });
  const label = made("label", "saved__tick", box, " Tick to compare ", made("span", "visually-hidden", name));
  const card = made("div", "saved__card", made("p", "card", `${name} …`));
  fill(card, slug, name).then((found) => {
    if (!found) label.remove();
    allow();
    document.dispatchEvent(new CustomEvent("cards"));
  });
  return item(card, label);
}

// Says whether the machine is still in the catalogue.
async function fill(place, slug, name) {
  try {
    const answer = await fetch(`/massagers/${slug}/card`, { referrerPolicy: "no-referrer" });
    const text = await answer.text();
    if (answer.ok) place.replaceChildren(...documentOf(text).body.children);
    else place.replaceChildren(gone(slug, name));
    return answer.ok;
  } catch {
    place.replaceChildren(made("p", "card", link(slug, name), " could not be fetched just now."));
    return true;
  }
}

function gone(slug, name) {
  const out = Object.assign(made("button", "button button--quiet", `Take ${name} out`), { type: "button" });
  out.addEventListener("click", () => {
    shelf.take("saved", slug);
    document.dispatchEvent(new CustomEvent("saved", { detail: { slug, name } }));
  });
  return made("div", "card", made("p", "", link(slug, name), " has left the catalogue."), made("p", "", out));
}

function say(words) {
  $("saved-said").textContent = words;
}

function link(slug, name) {
  return Object.assign(made("a", "", name), { href: `/massagers/${slug}` });
}

function item(...content) {
  return made("li", "", ...content);
}

function made(tag, className, ...content) {
  const element = Object.assign(document.createElement(tag), { className });
  element.append(...content);
  return element;
}
