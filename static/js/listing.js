// Narrowing in place: what a choice leads to, a page like any other, is merged into this one. One
// listener serves all options, so that none of them carries anything.
import htmx from "./vendor/htmx-4.0.1.js";
import { policy } from "./markup.js";
import * as sheet from "./sheet.js";

const main = document.getElementById("content");
const IN_PLACE = { select: "#content > *", swap: "innerMorph", push: "true" };

const typedForm = () => document.getElementById("narrow");

let shown = here();
let sent = null; // what stood in the fields, where the form was sent
let leadsOn = false; // whether other results are asked for, whose beginning is wanted
let focus = null;

htmx.registerExtension("legwise", {
  init: (api) => api.initSecurity(policy),
  // What a reader has folded out stays so.
  htmx_before_morph_attr: (element, { attrName }) =>
    !(attrName === "open" && element.matches("details")),
});

htmx.config.defaultTimeout = 20_000;
htmx.config.morphScanLimit = 3; // what is chosen changes in place; little moves far
document.body.setAttribute("hx-ignore", ""); // no element has attributes for it: it need not look
main.setAttribute("hx-sync", "this:replace"); // of two choices the later counts

// So that the way back to the first state is known too.
if (!history.state) history.replaceState({ htmx: true }, "");

document.addEventListener("click", (event) => {
  const link = event.target.closest("main a[href]");
  if (!link || !isPlain(event) || !isOfListing(link)) return;
  event.preventDefault();
  show(link.href, { leadsOn: Boolean(link.closest(".pagination")) });
});

document.addEventListener("submit", (event) => {
  if (event.target !== typedForm()) return;
  event.preventDefault();
  if (sheet.isOpen() && !isTyped()) return sheet.settle(true);
  const sent = new Map(fields().map((one) => [nameOf(one), stateOf(one)]));
  show(addressOf(event.target, stateOf), { sent });
});

// What belongs to the form and stands outside of it, the order and boxes to tick, is a choice of
// its own: it counts at once, and what is only typed so far does not.
document.addEventListener("change", ({ target }) => {
  const form = typedForm();
  if (!form || target.form !== form || form.contains(target)) return;
  show(addressOf(form, (one) => (form.contains(one) ? defaultOf(one) : stateOf(one))));
});

// The button of the sheet promises a number only while nothing is typed that may change it.
document.addEventListener("input", ({ target }) => typedForm()?.contains(target) && promise());

document.addEventListener("htmx:before:swap", () => {
  leadsOn ||= !document.getElementById("found");
  focus = { element: document.activeElement, name: nameInFacet(document.activeElement) };
  const kept = fields()
    .filter((one) => stateOf(one) !== defaultOf(one) && sent?.get(nameOf(one)) !== stateOf(one))
    .filter((one) => typedForm().contains(one))
    .map((one) => [nameOf(one), stateOf(one)]);
  document.addEventListener("htmx:after:swap", () => settle(new Map(kept)), { once: true });
});

document.addEventListener("htmx:before:history:update", ({ detail: { history: step } }) => {
  shown = step.path;
  if (sheet.isOpen()) step.path += sheet.HASH;
  if (sheet.isOpen() || shown === here()) step.type = "replace";
});

document.addEventListener("htmx:before:history:restore", (event) => {
  if (event.detail.path === shown) event.preventDefault();
  shown = event.detail.path;
});

document.addEventListener("htmx:error", ({ detail: { ctx } }) => {
  if (ctx) location.assign(ctx.request.action); // the browser says best what is wrong with the line
});

addEventListener("popstate", () => {
  expect({});
  htmx.trigger(main, "htmx:abort");
});

function show(address, how = {}) {
  expect(how);
  htmx.ajax("GET", address, { ...IN_PLACE, source: main, target: main });
}

// What was asked for last, since only that will be answered.
function expect(how) {
  sent = how.sent ?? null;
  leadsOn = how.leadsOn ?? false;
}

function settle(kept) {
  for (const one of fields()) putInto(one, kept.get(nameOf(one)) ?? defaultOf(one));
  promise();
  sheet.settle(sent !== null);
  const alert = main.querySelector("[role=alert]");
  if (alert) moveTo(alert, main);
  else if (leadsOn) moveTo(headOfResults());
  else keepFocus();
  expect({});
}

function promise() {
  const button = document.querySelector(".listing__done button");
  if (!button) return;
  button.dataset.promise ??= button.textContent;
  button.textContent = isTyped() ? "Show massagers" : button.dataset.promise;
}

// The option that was followed may have moved, or have become another one where it stands.
function keepFocus() {
  const { element, name } = focus;
  const now = document.activeElement;
  if (!now.checkVisibility()) return moveTo(headOfResults());
  if (now !== document.body && nameInFacet(now) === name) return;
  const same = name && [...main.querySelectorAll(".facet a, .facet input")];
  const found = same && same.find((one) => nameInFacet(one) === name);
  if (found) found.focus({ preventScroll: true });
  else if (now === document.body && element !== now) moveTo(headOfResults(), null);
}

// Or what an error page has in its stead.
function headOfResults() {
  return document.getElementById("found") ?? main.querySelector("h1");
}

// The focus, and what is to stand at the top of the window, if anything.
function moveTo(element, top = element) {
  element.tabIndex = -1;
  element.focus({ preventScroll: true });
  top?.scrollIntoView({ block: "start" });
}

// An option by its facet and its words, without its count.
function nameInFacet(element) {
  const facet = element?.closest(".facet");
  const words = element?.closest("a, label")?.firstChild;
  const text = words?.nodeType === Node.TEXT_NODE ? words : words?.nextSibling;
  return facet && text ? `${facet.id} ${text.textContent.trim()}` : null;
}

function isPlain(event) {
  const withKey = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  return event.button === 0 && !withKey && !event.defaultPrevented;
}

function isOfListing(link) {
  const inPage = link.getAttribute("href").startsWith("#");
  return !inPage && link.origin === location.origin && link.pathname === location.pathname;
}

function here() {
  return location.pathname + location.search;
}

// Fields: what each is called, what stands in it, and what stood in it when the page came.

function fields() {
  const found = [...(typedForm()?.elements ?? [])];
  return found.filter((one) => one.name && one.type !== "hidden");
}

// The unit that is offered beside an empty field is nothing typed.
function isTyped() {
  const isOffer = (one) => one.matches(".unit-choice") && !one.querySelector("[selected]");
  return fields().some((one) => stateOf(one) !== defaultOf(one) && !isOffer(one));
}

function nameOf(field) {
  return field.type === "checkbox" ? `${field.name} ${field.value}` : field.name;
}

function stateOf(field) {
  if (field.type === "checkbox") return field.checked ? field.value : "";
  return field.value;
}

function defaultOf(field) {
  if (field.type === "checkbox") return field.defaultChecked ? field.value : "";
  if (!field.options) return field.defaultValue;
  const options = [...field.options];
  return (options.find((one) => one.defaultSelected) ?? options[0]).value;
}

function putInto(field, state) {
  if (stateOf(field) === state) return;
  if (field.type === "checkbox") field.checked = Boolean(state);
  else field.value = state;
}

function addressOf(form, read) {
  const sending = [...form.elements].filter((one) => one.name && read(one));
  const query = new URLSearchParams(sending.map((one) => [one.name, read(one)]));
  return `${form.action}?${query}`;
}
