/* Offers back what this browser kept of a text and the blog never acknowledged: editor.js wrote it down. */
(() => {
  "use strict";

  if (!window.colophonEditor) return;
  const {
    names, journalPrefix, sentBy, field, words, areSame, isUnsaved, replace, read, forget, settle, key, beginAnew, isNew,
  } = window.colophonEditor;

  const rescue = document.getElementById("editor-rescue");
  rescue.querySelector("[data-rescue='compare']").hidden = !window.htmx;

  /* An editor that is open in another window writes its own entry anew with each pause. The one that this page answers is gone. */
  const isAbandoned = ([name, entry]) => entry?.words && (name.endsWith(` ${sentBy}`) || Date.now() - Date.parse(entry.at) > 3000);

  const journalled = () => {
    const uid = `${journalPrefix}${field("uid").value} `;
    const all = Object.keys(localStorage).filter((name) => name.startsWith(journalPrefix) && name !== key());
    const found = all.map((name) => [name, read(name)]).filter(isAbandoned);
    /* An empty editor offers the words of another one whose first save never arrived. */
    return found.find(([name, entry]) => name.startsWith(uid) || (isNew() && entry.post === "/write/autosave"));
  };

  const uidIn = (name) => name.slice(journalPrefix.length).split(" ")[0];

  const goOnFrom = (name, entry) => {
    field("uid").value = uidIn(name);
    field("base").value = entry.base;
    field("continues").value = `${entry.session} ${entry.sequence}`;
  };

  /* Unsaved words that stand in the form already, put back by the browser or by the answer to a plain request. */
  const adopt = (name, entry) => {
    forget(key());
    goOnFrom(name, entry);
    if (settle()) forget(name);
  };

  const take = (name, entry) => beginAnew(() => {
    /* What was typed here has become another post meanwhile. An empty editor offers them again. */
    if (uidIn(name) !== field("uid").value && !isNew()) return location.assign("/write/new");
    for (const each of names) replace(field(each), entry.words[each]);
    goOnFrom(name, entry);
    field("body").dispatchEvent(new Event("input", { bubbles: true }));
    if (settle()) forget(name);
    rescue.hidden = true;
    field("body").focus();
  });

  let offered = null;

  const offer = () => {
    let found = null;
    try { found = journalled(); } catch { /* forbidden */ }
    if (!found) return;
    const [name, entry] = found;
    if (areSame(entry.words, words())) return isUnsaved() ? adopt(name, entry) : forget(name);
    const time = rescue.querySelector("time");
    time.dateTime = entry.at;
    time.textContent = new Date(entry.at).toLocaleString(document.documentElement.lang);
    rescue.hidden = false;
    document.dispatchEvent(new CustomEvent("announce", { detail: rescue.querySelector("p").textContent }));
    offered = found;
  };

  rescue.addEventListener("click", (event) => {
    const action = event.target.dataset.rescue;
    if (!offered || !action) return;
    const [name, entry] = offered;
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

  /* Not before the browser has put back into the form what it remembers itself. */
  window.addEventListener("pageshow", offer, { once: true });
  /* Whoever opens the editor again within a moment is offered their words a moment later. */
  setTimeout(() => { if (rescue.hidden) offer(); }, 3500);
})();
