/* On the moderators' desk: a decision by its letter alone, where its access key wants Alt. */
const form = document.querySelector("[data-keys]");

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, select, textarea, summary");
  if (!form || typing || event.repeat || event.altKey || event.ctrlKey || event.metaKey) return;
  const button = [...form.querySelectorAll("button[accesskey]")].find((one) => one.accessKey === event.key);
  if (button) {
    event.preventDefault();
    button.click();
  }
});
