// A button to save a machine on its card and on its page, there only where scripts run; and the
// machine whose page this is was looked at.
import * as shelf from "./shelf.js";

const CARDS = ".product-card:not(:has(.save))";

const page = document.querySelector(".save-slot");
if (page) {
  const { slug, name } = page.dataset;
  page.append(button({ slug, name }));
  shelf.put("seen", { slug, name });
}

dress();
document.addEventListener("cards", dress); // that came later
// Cards are merged as the server has them.
document.addEventListener("htmx:before:swap", () => {
  for (const one of document.querySelectorAll("main .save")) one.remove();
});
document.addEventListener("htmx:after:swap", dress);

document.addEventListener("click", ({ target }) => {
  const pressed = target.closest(".save");
  if (!pressed) return;
  const { machine } = pressed;
  if (shelf.has("saved", machine.slug)) shelf.take("saved", machine.slug);
  else shelf.put("saved", machine);
  draw();
  document.dispatchEvent(new CustomEvent("saved", { detail: machine }));
});

addEventListener("storage", draw); // another window
addEventListener("pageshow", draw);

function dress() {
  for (const card of document.querySelectorAll(CARDS)) {
    const link = card.querySelector(".card__title a");
    const slug = link?.pathname.match(/^\/massagers\/([^/]+)$/)?.[1];
    const place = card.querySelector(".product-card__price") ?? card;
    if (slug) place.append(button({ slug, name: link.textContent.trim() }));
  }
  draw();
}

function button(machine) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "save";
  made.machine = machine;
  made.append(document.createElement("span"), document.createElement("span"));
  made.lastChild.className = "visually-hidden";
  return made;
}

function draw() {
  for (const one of document.querySelectorAll(".save")) {
    const { slug, name } = one.machine;
    const isSaved = shelf.has("saved", slug);
    const [seen, heard] = one.children;
    seen.textContent = isSaved ? "Saved" : "Save";
    heard.textContent = isSaved ? ` ${name}: take it out again` : ` ${name}`;
    one.classList.toggle("is-saved", isSaved);
  }
}
