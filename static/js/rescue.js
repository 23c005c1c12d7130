/* Offers back what this browser kept of a text and the blog never acknowledged: editor.js wrote it down. */
(() => {
  "use strict";

  if (!window.colophonEditor) return;
  const { names, journalPrefix, field, words, areSame, replace, read, forget, key, schedule, isNew, goOn } = window.colophonEditor;

  const rescue = document.getElementById("editor-rescue");

  const journalled = () => {
    const own = read(key());
    if (own || !isNew()) return own && [key(), own];
    /* An empty editor offers the words of another one whose first save never arrived. */
    const others = Object.keys(localStorage).filter((name) => name.startsWith(journalPrefix)).map((name) => [name, read(name)]);
    return others.find(([, entry]) => entry?.post === "/write/autosave");
  };

  const take = (name, entry) => {
    for (const each of names) replace(field(each), entry.words[each]);
    field("uid").value = name.slice(journalPrefix.length);
    field("base").value = entry.base;
    field("editing_session").value = entry.session;
    goOn(entry.sequence);
    rescue.hidden = true;
    field("body").focus();
    schedule();
  };

  const offer = () => {
    let found = null;
    try { found = journalled(); } catch { /* forbidden */ }
    if (!found) return;
    const [name, entry] = found;
    if (areSame(entry.words, words())) return forget(name);
    const time = rescue.querySelector("time");
    time.dateTime = entry.at;
    time.textContent = new Date(entry.at).toLocaleString(document.documentElement.lang);
    rescue.hidden = false;
    rescue.addEventListener("click", (event) => {
      const action = event.target.dataset.rescue;
      if (action === "take") take(name, entry);
      if (action === "drop") {
        forget(name);
        rescue.hidden = true;
        field("body").focus();
      }
      if (action === "compare") {
        const kept = Object.entries(entry.words).map(([each, text]) => [`kept-${each}`, text]);
        htmx.ajax("POST", "/write/comparison", {
          source: "#editor-rescue", target: "#editor-rescue-changes", swap: "innerHTML", values: { ...words(), ...Object.fromEntries(kept) },
        });
      }
    });
  };

  offer();
})();
