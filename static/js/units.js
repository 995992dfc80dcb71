// The reader's units, kept in this browser only. In <head> and at once, so that nothing moves later.
(() => {
  const root = document.documentElement;
  const questions = { measures: ["metric", "us"], pressure: ["mmhg", "kpa"] };
  const kept = {}; // where storage is forbidden, a choice holds for this page

  const show = () => {
    for (const name in questions) {
      try {
        kept[name] = localStorage.getItem(`units.${name}`);
      } catch {}
      if (questions[name].includes(kept[name])) root.dataset[name] = kept[name];
      else delete root.dataset[name];
      const box = document.getElementById(`${name}-${root.dataset[name] ?? "both"}`);
      if (box) box.checked = true;
    }
  };

  show();
  addEventListener("DOMContentLoaded", show);
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
