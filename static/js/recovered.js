/* Lists what this browser holds of texts that never reached the blog; editor.js wrote it and offers it back. */
(async () => {
  "use strict";

  const section = document.getElementById("browser-journal");
  for (const entry of await window.colophonJournal?.all(`colophon-words ${section.dataset.writer} `) ?? []) {
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
