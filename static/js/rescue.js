/* Offers back what this browser kept of a text and the blog never acknowledged: editor.js wrote it down. */
(() => {
  "use strict";

  if (!window.colophonEditor) return;
  const {
    names, journal, journalPrefix, sentBy, field, words, areSame, isUnsaved, replace, settle, key, beginAnew, isNew,
  } = window.colophonEditor;

  const rescue = document.getElementById("editor-rescue");
  rescue.querySelector("[data-rescue='compare']").hidden = !window.htmx;

  /* An editor that is open in another window writes its own entry anew with each pause. The one that this page answers is gone. */
  const isAbandoned = ({ name, at }) => name !== key() && (name.endsWith(` ${sentBy}`) || Date.now() - Date.parse(at) > 3000);

  const journalled = async () => {
    const found = (await journal.all(journalPrefix)).filter(isAbandoned);
    const uid = `${journalPrefix}${field("uid").value} `;
    /* An empty editor offers the words of another one whose first save never arrived. */
    return found.find(({ name, post }) => name.startsWith(uid) || (isNew() && post === "/write/autosave"));
  };

  const uidIn = (name) => name.slice(journalPrefix.length).split(" ")[0];

  const goOnFrom = (entry) => {
    field("uid").value = uidIn(entry.name);
    field("base").value = entry.base;
    field("continues").value = `${entry.session} ${entry.sequence}`;
  };

  /* What stands in the form now is kept under a name of its own; before it is, nothing may be forgotten. */
  const replaceInJournal = async (entry) => {
    if (await settle()) journal.remove(entry.name);
  };

  /* Unsaved words that stand in the form already, put back by the browser or by the answer to a plain request. */
  const adopt = (entry) => {
    journal.remove(key());
    goOnFrom(entry);
    replaceInJournal(entry);
  };

  const take = (entry) => beginAnew(() => {
    /* What was typed here has become another post meanwhile. An empty editor offers them again. */
    if (uidIn(entry.name) !== field("uid").value && !isNew()) return location.assign("/write/new");
    for (const each of names) replace(field(each), entry.words[each]);
    goOnFrom(entry);
    field("body").dispatchEvent(new Event("input", { bubbles: true }));
    replaceInJournal(entry);
    rescue.hidden = true;
    field("body").focus();
  });

  let offered = null;

  const offer = async () => {
    const entry = await journalled();
    if (!entry || !rescue.hidden) return;
    if (areSame(entry.words, words())) return isUnsaved() ? adopt(entry) : journal.remove(entry.name);
    const time = rescue.querySelector("time");
    time.dateTime = entry.at;
    time.textContent = new Date(entry.at).toLocaleString(document.documentElement.lang);
    rescue.hidden = false;
    document.dispatchEvent(new CustomEvent("announce", { detail: rescue.querySelector("p").textContent }));
    offered = entry;
  };

  rescue.addEventListener("click", async (event) => {
    const action = event.target.dataset.rescue;
    if (!offered || !action) return;
    const entry = offered;
    if (action === "take") take(entry);
    if (action === "drop") {
      await journal.remove(entry.name);
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
