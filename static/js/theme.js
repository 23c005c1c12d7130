/* Loaded synchronously in <head>: a chosen theme is set before the first paint, so nothing flashes.
   Without a choice no attribute is set and the style sheets follow the system. */
(() => {
  "use strict";

  const root = document.documentElement;
  const key = "colophon-theme";

  /* Storage may be forbidden; then the choice lasts as long as the page. */
  const remembered = () => {
    try { return localStorage.getItem(key); } catch { return null; }
  };

  const remember = (theme) => {
    try { theme === "system" ? localStorage.removeItem(key) : localStorage.setItem(key, theme); } catch { /* forbidden */ }
  };

  const chosen = () => ["light", "dark"].find((theme) => theme === remembered()) ?? "system";

  const apply = (theme) => {
    if (theme === "system") delete root.dataset.theme;
    else root.dataset.theme = theme;
    for (const input of document.querySelectorAll(".theme-switch input")) input.checked = input.value === theme;
  };

  root.dataset.scripted = "";
  apply(chosen());
  document.addEventListener("DOMContentLoaded", () => apply(chosen()));
  window.addEventListener("pageshow", () => apply(chosen()));
  window.addEventListener("storage", (event) => { if (event.key === key) apply(chosen()); });

  document.addEventListener("change", (event) => {
    if (!event.target.matches(".theme-switch input")) return;
    remember(event.target.value);
    apply(event.target.value);
  });
})();
