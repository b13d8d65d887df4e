// Loaded before the first paint, so that a chosen theme doesn't flash: light, dark, or the system's where nothing was chosen.
const chosen = localStorage.getItem("grid-theme");
if (chosen === "light" || chosen === "dark") {
  document.documentElement.dataset.theme = chosen;
}
