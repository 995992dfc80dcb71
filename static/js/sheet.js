// On a phone the questions of the listing are a sheet over the page. It is open while the address
// ends in its name, as the links to it have it: so the back button closes it.
export const HASH = "#narrow-down";

const small = matchMedia("(max-width: 59.99rem)");
const root = document.documentElement;

let under = null; // the address that it was opened over, if it was opened here
let last = null; // the address of what is shown, while it is open

root.classList.add("has-sheet");

document.addEventListener("click", (event) => {
  const link = event.target.closest('a[href^="#"], [data-close-sheet]');
  if (!link || !small.matches || event.defaultPrevented) return;
  const place = link.hash ? document.getElementById(link.hash.slice(1)) : null;
  if (isOpen() ? panel().contains(place) : !panel()?.contains(place)) return;
  event.preventDefault();
  if (isOpen()) close();
  else open(place);
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isOpen() && !event.defaultPrevented) close();
});

// Back closes it, and what was chosen in it stays chosen: back once more takes that back.
addEventListener("popstate", () => {
  if (isOpen() && location.hash !== HASH && here() !== last) {
    history.pushState({ htmx: true }, "", last);
  }
  draw();
});

small.addEventListener("change", draw);
draw();

export function isOpen() {
  return root.classList.contains("is-sheet-open");
}

// After other content was put in: closed where the form in it was sent, and what lies under it is
// still out of reach where it is open.
export function settle(wasSent) {
  if (isOpen() && (wasSent || !panel())) close();
  else draw();
}

function open(place) {
  under = here();
  history.pushState({ htmx: true }, "", HASH);
  draw();
  if (place === panel()) return;
  const folded = place.closest("details");
  if (folded) folded.open = true;
  moveTo(place);
  place.scrollIntoView({ block: "center" });
}

function close() {
  if (under === here()) {
    history.back();
  } else {
    history.replaceState(history.state, "", here());
    draw();
  }
}

function draw() {
  const was = isOpen();
  const is = small.matches && location.hash === HASH && panel() !== null;
  root.classList.toggle("is-sheet-open", is);
  last = is ? here() : null;
  drawPanel(is);
  if (is && !was) moveTo(document.getElementById("narrow-title"));
  if (was && !is) {
    under = null;
    moveTo(document.querySelector(`a[href="${HASH}"]`));
  }
}

function drawPanel(is) {
  for (const one of document.querySelectorAll("[inert]")) one.inert = false;
  for (const [name, value] of [["role", "dialog"], ["aria-modal", "true"]]) {
    if (is) panel().setAttribute(name, value);
    else panel()?.removeAttribute(name);
  }
  if (is) for (const one of beside(panel())) one.inert = true;
}

// All that is neither the sheet nor holds it.
function* beside(element) {
  for (let one = element; one !== document.body; one = one.parentElement) {
    for (const other of one.parentElement.children) if (other !== one) yield other;
  }
}

function panel() {
  return document.querySelector(HASH);
}

function moveTo(element) {
  if (!element) return;
  if (!element.matches("a")) element.tabIndex = -1; // what is no link takes the focus for once
  element.focus({ preventScroll: true });
}

function here() {
  return location.pathname + location.search;
}
