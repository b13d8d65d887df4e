// The console works without this script. With it: pages stay live, the theme can be chosen, dangerous forms ask once more.
"use strict";

const root = document.documentElement;
const said = document.getElementById("said");
const say = (words) => { if (said && said.textContent !== words) said.textContent = words; };

// Theme: system, light, dark.
const themes = ["system", "light", "dark"];
const themeButton = document.getElementById("theme");
const theme = () => root.dataset.theme ?? "system";
const labelTheme = () => {
  if (!themeButton) return;
  themeButton.textContent = `Theme: ${theme()}`;
  themeButton.hidden = false;
};
themeButton?.addEventListener("click", () => {
  const next = themes[(themes.indexOf(theme()) + 1) % themes.length];
  if (next === "system") {
    delete root.dataset.theme;
    localStorage.removeItem("grid-theme");
  } else {
    root.dataset.theme = next;
    localStorage.setItem("grid-theme", next);
  }
  labelTheme();
});
labelTheme();

// A form with data-sure asks once more; a select with data-submit sends its form when it changes.
document.addEventListener("submit", (event) => {
  const sure = event.target.dataset?.sure;
  if (sure && !confirm(sure)) event.preventDefault();
});
document.addEventListener("change", (event) => {
  if (event.target.matches?.("select[data-submit]")) event.target.form.requestSubmit();
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-copy]");
  if (!button) return;
  navigator.clipboard?.writeText(document.getElementById(button.dataset.copy).textContent)
    .then(() => say("Copied."), () => say("The browser did not allow copying."));
});

// Escape closes the open disclosure that the focus is in.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const open = document.activeElement?.closest("details[open]");
  if (open) {
    open.open = false;
    open.querySelector("summary")?.focus();
  }
});

// Live parts: the page is fetched again, and each part marked data-live takes its new content if that differs. A part that somebody is
// typing in or has opened is left alone. The content is the server's own page, in which everything from outside is encoded already.
const main = document.querySelector("main[data-every]");
const liveButton = document.getElementById("live");
let paused = false;
let failures = 0;
let timer;

const isBusy = (part) => part.querySelector("details[open] form") !== null
  || (part.contains(document.activeElement) && document.activeElement.matches("input, textarea, select"));

function renew(fresh) {
  for (const part of document.querySelectorAll("[data-live]")) {
    const next = fresh.getElementById(part.id);
    if (!next || isBusy(part) || part.innerHTML === next.innerHTML) continue;
    const focused = part.contains(document.activeElement) ? document.activeElement.id || document.activeElement.getAttribute("href") : null;
    const open = new Set([...part.querySelectorAll("details[open][id]")].map((d) => d.id));
    const scrolled = [...part.querySelectorAll(".scroll")].map((s) => s.scrollLeft);
    part.replaceChildren(...[...next.childNodes].map((node) => document.adoptNode(node)));
    for (const details of part.querySelectorAll("details[id]")) details.open = open.has(details.id);
    part.querySelectorAll(".scroll").forEach((s, i) => { s.scrollLeft = scrolled[i] ?? 0; });
    if (focused) (document.getElementById(focused) ?? part.querySelector(`a[href="${CSS.escape(focused)}"]`))?.focus({ preventScroll: true });
  }
}

async function look() {
  if (!paused && !document.hidden) {
    try {
      const answer = await fetch(location.href, { headers: { "Grid-Live": "1" }, cache: "no-store", redirect: "manual", signal: AbortSignal.timeout(15000) });
      if (answer.status === 401 || answer.type === "opaqueredirect") {
        location.reload();
        return;
      }
      if (answer.ok) {
        renew(new DOMParser().parseFromString(await answer.text(), "text/html"));
        if (failures > 1) say("The grid answers again.");
        failures = 0;
      } else {
        failures++;
      }
    } catch {
      failures++;
    }
    if (failures === 2) say("The grid does not answer; this page shows what it last knew.");
    root.classList.toggle("stale", failures > 1);
  }
  timer = setTimeout(look, Number(main.dataset.every) * 1000 * Math.min(8, 2 ** Math.max(0, failures - 1)));
}

if (main && liveButton) {
  const label = () => {
    liveButton.hidden = false;
    liveButton.textContent = paused ? "Paused" : "Live";
    liveButton.setAttribute("aria-pressed", String(!paused));
  };
  liveButton.addEventListener("click", () => {
    paused = !paused;
    label();
    say(paused ? "Live updates are paused." : "Live updates go on.");
    if (!paused) {
      clearTimeout(timer);
      look();
    }
  });
  label();
  timer = setTimeout(look, Number(main.dataset.every) * 1000);
}

// On a narrow screen the menu begins closed.
if (matchMedia("(max-width: 60rem)").matches) document.querySelector(".menu")?.removeAttribute("open");
