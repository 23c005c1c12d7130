/* The editor saves while somebody types, keeps in the browser what the blog has not acknowledged yet, and offers it
   back. Everything on the page works without this; words are saved with the buttons then. */
(() => {
  "use strict";

  const names = ["title", "body", "tags", "slug", "summary"];
  const pauseBeforeSaving = 1500;
  const longestWithoutSaving = 10000;
  /* A longer one is written down less often: the disk gets all of it each time. */
  const longText = 200000;
  const { line, say, tellOfAnswer } = window.colophonLine;
  const form = () => document.getElementById("editor");
  if (!form()) return;
  const field = (name) => form().elements[name];
  /* A bad network may drop its file. */
  const noJournal = { put: async () => false, remove: async () => {}, all: async () => [], copyHere: () => {} };
  const journal = window.colophonJournal ?? noJournal;
  /* Another person may be signed in in this browser tomorrow. */
  const journalPrefix = `colophon-words ${field("writer").value} `;

  /* Each opened page is an editing session of its own, also one that the browser had in its cache. */
  const uuid = () => {
    const bytes = crypto.getRandomValues(new Uint8Array(16));
    bytes[6] = (bytes[6] & 0x0f) | 0x40;
    bytes[8] = (bytes[8] & 0x3f) | 0x80;
    const digits = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
    return digits.replace(/(.{8})(.{4})(.{4})(.{4})(.{12})/, "$1-$2-$3-$4-$5");
  };
  /* The editor that a page answers which came without htmx. */
  const sentBy = field("editing_session").value;
  let sequence = 0;
  const beginSession = () => {
    field("editing_session").value = uuid();
    sequence = 1;
  };
  beginSession();
  const words = () => Object.fromEntries(names.map((name) => [name, field(name).value]));
  const stored = () => Object.fromEntries(names.map((name) => [name, field(name).defaultValue]));
  const areSame = (one, other) => names.every((name) => one[name] === other[name]);

  /* A browser that puts back the words of a page which was left knows nothing of what was saved since. The journal does. */
  const isNewPost = () => document.getElementById("editor-autosave").dataset.hxPost === "/write/autosave";
  const keepBrowserFromRestoring = () => { if (!isNewPost()) form().setAttribute("autocomplete", "off"); };
  keepBrowserFromRestoring();

  /* What the blog has, as far as this page knows. What differs from it is unsaved; a page may come with unsaved words. */
  let acknowledged = "unsaved" in form().dataset ? {} : stored();
  const running = new Set();
  let idleTimer = 0;
  let longTimer = 0;
  let patience = pauseBeforeSaving;

  const isUnsaved = () => !areSame(words(), acknowledged);

  /* ---- The journal: storage may be forbidden or full, and then the page says so. ---- */

  const key = () => `${journalPrefix}${field("uid").value} ${field("editing_session").value}`;
  let isJournalBroken = false;

  const write = async () => {
    const entry = {
      words: words(), base: field("base").value, session: field("editing_session").value, sequence,
      post: document.getElementById("editor-autosave").dataset.hxPost, at: new Date().toISOString(),
    };
    const isKept = await journal.put(key(), entry);
    if (!isKept && !isJournalBroken) say("This browser cannot keep a copy of your words. They are saved on the blog only.");
    isJournalBroken = !isKept;
    return isKept;
  };

  /* Whether every word is stored then, with the blog or here. */
  const settle = async () => {
    if (isUnsaved()) return write();
    await journal.remove(key());
    return true;
  };
  /* A page that is being left may not live until the disk has answered. */
  const settleAtOnce = () => { settle(); journal.copyHere(); };

  /* ---- Saving by itself. ---- */

  const save = () => {
    clearTimeout(idleTimer);
    clearTimeout(longTimer);
    idleTimer = longTimer = 0;
    if (!isUnsaved()) return;
    if (running.size) return schedule();
    document.getElementById("editor-autosave").dispatchEvent(new Event("autosave"));
  };

  const schedule = () => {
    clearTimeout(idleTimer);
    idleTimer = setTimeout(save, patience);
    longTimer ||= setTimeout(save, Math.max(longestWithoutSaving, patience));
  };

  let journalTimer = 0;
  document.addEventListener("input", (event) => {
    if (event.target.form !== form() || !names.includes(event.target.name)) return;
    /* Not put off by the next key: whoever types without a pause would have nothing in the journal. */
    journalTimer ||= setTimeout(() => { journalTimer = 0; settle(); }, field("body").value.length > longText ? 1000 : 250);
    schedule();
  });

  /* ---- Putting words into a field without moving the cursor away from what it stands beside. ---- */

  const replace = (control, text) => {
    const old = control.value;
    if (old === text) return;
    let start = 0;
    while (start < old.length && old[start] === text[start]) start += 1;
    let end = 0;
    while (end < old.length - start && end < text.length - start && old.at(-1 - end) === text.at(-1 - end)) end += 1;
    control.setRangeText(text.slice(start, text.length - end), start, old.length - end, "preserve");
  };

  /* ---- Requests of the editor. Each carries a higher sequence: of two, the blog knows which was typed later. ---- */

  const isOurs = (ctx) => ctx?.request?.form?.id === "editor";

  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    if (!isOurs(ctx)) return;
    sequence += 1;
    ctx.request.body.set("sequence", sequence);
    ctx.sent = words();
  });

  document.addEventListener("htmx:before:request", (event) => {
    if (isOurs(event.detail.ctx)) running.add(event.detail.ctx);
  });

  document.addEventListener("htmx:finally:request", (event) => {
    const { ctx } = event.detail;
    if (!running.delete(ctx)) return;
    const status = ctx.response?.status ?? 0;
    const isLost = ctx.sourceElement?.id === "editor-autosave" && (!status || status >= 500);
    if (isLost) say("Not saved: the blog cannot be reached. Your words are kept in this browser; trying again.");
    patience = isLost ? Math.min(2 * patience, 30000) : pauseBeforeSaving;
    settle();
    /* What was refused would be refused again: the next try comes with the next key. */
    if (isUnsaved() && !(status >= 400 && status < 500)) schedule();
  });

  const afterAutosave = (ctx) => {
    const saved = line().querySelector("[data-post]");
    if (!saved || ctx.response.status >= 400) return;
    document.getElementById("editor-autosave").setAttribute("data-hx-post", `/write/${saved.dataset.post}/autosave`);
    if (!saved.dataset.base) {
      acknowledged = ctx.sent;
      return;
    }
    const merged = saved.querySelectorAll("[data-merged]");
    /* Whoever went on typing keeps what they see; the next save is merged in turn, because the base stays old. */
    if (merged.length && !areSame(words(), ctx.sent)) return;
    for (const element of merged) replace(field(element.dataset.merged), element.textContent);
    field("base").value = saved.dataset.base;
    if ("outdated" in saved.dataset) sequence = Math.max(sequence, Number(saved.dataset.outdated));
    else acknowledged = merged.length ? words() : ctx.sent;
  };

  /* The answer to a button holds the words as they are stored. site.js has put back what was typed meanwhile. */
  const afterButton = (ctx) => {
    if (ctx.target.id !== "editor" || ctx.response.status >= 400) return;
    for (const name of names) {
      if (!ctx.typedSince?.has(name)) replace(field(name), field(name).defaultValue);
    }
    if (ctx.typedSince?.size) field("base").value = ctx.base;
    acknowledged = stored();
  };

  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx, tasks } = event.detail;
    if (!isOurs(ctx)) return;
    ctx.base = field("base").value;
    if (!event.defaultPrevented && ctx.target.id === "editor-saved") tellOfAnswer(tasks[0].fragment);
  });

  document.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = event.detail;
    if (!isOurs(ctx) || !ctx.sent) return;
    if (ctx.target.id === "editor-saved") afterAutosave(ctx);
    else afterButton(ctx);
    keepBrowserFromRestoring();
    settle();
  });

  /* ---- Leaving. ---- */

  let isLeavingByForm = false;
  document.addEventListener("htmx:after:request", (event) => {
    const { ctx } = event.detail;
    if (!isOurs(ctx) || !ctx.hx?.redirect || ctx.response.status >= 400) return;
    isLeavingByForm = true;
    acknowledged = ctx.sent;
  });
  document.addEventListener("submit", (event) => {
    if (event.target.id !== "editor" || event.defaultPrevented) return;
    isLeavingByForm = true;
    setTimeout(() => { isLeavingByForm = false; }, 10000);
  });
  window.addEventListener("beforeunload", (event) => {
    settle();
    if (isUnsaved() && !isLeavingByForm) event.preventDefault();
  });
  const presence = () => document.getElementById("editor-presence");
  /* Not by htmx as soon as it is there: it would name the session that the page came with. It is ready before this timer. */
  setTimeout(() => presence()?.dispatchEvent(new Event("opened")));
  const tellOfLeaving = () => {
    const address = presence()?.dataset.hxPost;
    if (address) navigator.sendBeacon(address, new URLSearchParams({ left: "1", editing_session: field("editing_session").value }));
  };
  window.addEventListener("pagehide", () => {
    settleAtOnce();
    tellOfLeaving();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState !== "hidden") return;
    settleAtOnce();
    save();
  });

  /* What rescue.js needs to put words back, and door.js to send them again. Those that are put back are another session than
     what was typed into this page: sent as its next words, they would look as if their writer had seen what it has stored.
     What is unsaved of it stays in the journal. */
  const afterRequests = (act) => {
    if (!running.size) act();
    else document.addEventListener("htmx:finally:request", () => afterRequests(act), { once: true });
  };
  const beginAnew = (act) => afterRequests(() => {
    settle();
    tellOfLeaving();
    beginSession();
    act();
    settle();
  });
  window.colophonEditor = {
    names, journal, journalPrefix, sentBy, field, words, areSame, isUnsaved, replace, settle, key, save, isOurs, beginAnew,
    isNew: isNewPost, acknowledged: () => acknowledged,
  };

  /* A browser that puts back the fields of a page which was left has words that the blog may not have. */
  window.addEventListener("pageshow", () => {
    if (!isUnsaved()) return;
    settle();
    schedule();
  });
})();
