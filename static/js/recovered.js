/* Lists what this browser holds of texts that never reached the blog; editor.js wrote it and offers it back. */
(() => {
  "use strict";

  const section = document.getElementById("browser-journal");
  const prefix = `colophon-words ${section.dataset.writer} `;
  let names = [];
  try { names = Object.keys(localStorage).filter((name) => name.startsWith(prefix)); } catch { /* forbidden */ }
  for (const name of names) {
    let entry = null;
    try { entry = JSON.parse(localStorage.getItem(name)); } catch { /* not ours */ }
    if (!entry?.words) continue;
    const link = document.createElement("a");
    link.href = entry.post === "/write/autosave" ? "/write/new" : entry.post.replace("/autosave", "");
    link.textContent = entry.words.title || "Untitled";
    const time = document.createElement("time");
    time.dateTime = entry.at;
    time.textContent = new Date(entry.at).toLocaleString(document.documentElement.lang);
    const item = document.createElement("li");
    item.append(link, " ", time);
    section.querySelector("ul").append(item);
    section.hidden = false;
  }
})();
