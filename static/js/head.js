// What must be known before anything is drawn, so that nothing moves later: it runs in <head>, at once.

// Whoever asked for a place on the page is taken there: all before it is laid out (components/unseen.css).
document.documentElement.classList.toggle("is-sent-to-a-place", location.hash !== "");

// A phone does not wait for our font: it is fetched when all else is there, and used from the next page on.
(() => {
  const font = document.querySelector('link[as="font"]'); // fetched at once on wide screens only
  const keep = async () => (await fetch(font.href)).ok && localStorage.setItem("font", font.href);
  try {
    if (localStorage.getItem("font") === font.href) {
      document.documentElement.classList.add("has-font");
      font.media = "all";
    } else addEventListener("load", () => setTimeout(() => keep().catch(() => {})));
  } catch {}
})();

// The reader's units, kept in this browser only.
(() => {
  const root = document.documentElement;
  const questions = { measures: ["metric", "us"], pressure: ["mmhg", "kpa"] };
  const US = ["in", "lb", "°F"];
  const kept = {}; // where storage is forbidden, a choice holds for this page

  const show = () => {
    for (const name in questions) {
      try {
        kept[name] = localStorage.getItem(`units.${name}`);
      } catch {}
      if (questions[name].includes(kept[name])) root.dataset[name] = kept[name];
      else delete root.dataset[name];
      const box = document.getElementById(`${name}-${root.dataset[name] ?? "both"}`);
      if (box && !box.checked) box.checked = true;
    }
    offer();
  };

  // Where nothing is typed yet, a field is offered in the unit that is shown.
  const offer = () => {
    const isShown = ({ value }) =>
      value === "kPa" ? root.dataset.pressure === "kpa" : US.includes(value) && root.dataset.measures === "us";
    for (const choice of document.querySelectorAll(".unit-choice")) {
      const typed = [...choice.closest(".number-field, fieldset").querySelectorAll("input")];
      if (choice.querySelector("[selected]") || typed.some((one) => one.type === "text" && one.value)) continue;
      const { value } = [...choice.options].find(isShown) ?? choice.options[0];
      if (choice.value !== value) choice.value = value; // or it would be laid out anew for nothing
    }
  };

  show();
  addEventListener("DOMContentLoaded", show);
  addEventListener("htmx:after:swap", offer); // a listing that was narrowed in place
  addEventListener("pageshow", ({ persisted }) => persisted && show());
  addEventListener("change", ({ target: { name, value } }) => {
    if (!(name in questions)) return;
    kept[name] = value;
    try {
      localStorage.setItem(`units.${name}`, value);
    } catch {}
    show();
  });
})();
