/* The journal: words that the blog has not acknowledged, on the disk of whoever types them. IndexedDB is asked to report
   a write only once it is there. localStorage, which a browser writes out when it likes, keeps what IndexedDB refuses or
   has not finished when a page is left. `put`, `remove` and `all` never fail; `put` says whether the words are kept. */
(() => {
  "use strict";

  const prefix = "colophon-words ";
  const store = "words";
  /* After which it is no longer relied on that IndexedDB answers. Some browsers have left pages waiting for ever. */
  const patienceForWriting = 1000;
  const patienceForOpening = 5000;
  /* An editor in another window may still be about to take a younger one out of localStorage itself. */
  const youngest = 10000;

  /* ---- IndexedDB. What fails is tried anew with a new connection: browsers lose them. ---- */

  let connection = null;

  const open = () => new Promise((resolve, reject) => {
    setTimeout(reject, patienceForOpening, new Error("IndexedDB does not answer"));
    /* Without a version: a page that is open while a newer one upgrades the database goes on with that. */
    const request = indexedDB.open("colophon");
    request.onupgradeneeded = () => request.result.createObjectStore(store, { keyPath: "name" });
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      const database = request.result;
      const leave = () => { connection = null; };
      database.onclose = leave;
      database.onversionchange = () => { database.close(); leave(); };
      resolve(database);
    };
  });

  const begin = (database, mode, act) => new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode, { durability: "strict" });
    transaction.onabort = () => reject(transaction.error);
    const request = act(transaction.objectStore(store), transaction);
    transaction.oncomplete = () => resolve(request?.result);
  });

  const transact = async (mode, act) => {
    const opening = connection ??= open();
    try {
      return await begin(await opening, mode, act);
    } catch (error) {
      if (connection === opening) connection = null;
      opening.then((database) => database.close(), () => {});
      throw error;
    }
  };

  /* ---- localStorage. It may be forbidden or full. ---- */

  const parse = (text) => {
    try { return JSON.parse(text); } catch { return null; }
  };

  const here = (start) => {
    try {
      const names = Object.keys(localStorage).filter((name) => name.startsWith(start));
      return names.map((name) => ({ ...parse(localStorage.getItem(name)), name })).filter((entry) => entry.words);
    } catch {
      return [];
    }
  };

  const setHere = (name, entry) => {
    try {
      if (entry) localStorage.setItem(name, JSON.stringify(entry));
      else localStorage.removeItem(name);
      return true;
    } catch {
      return !entry;
    }
  };

  /* ---- Changes wait for those before them. Of several that wait for one name the last counts. ---- */

  let waiting = null;
  let running = new Map();
  let queue = Promise.resolve();
  let serial = 0;

  /* For a page that is being left, and for a disk that keeps it waiting: all that is not reported to be on the disk. */
  const copyHere = () => {
    const pending = new Map([...running, ...waiting?.changes ?? []]);
    return [...pending].map(([name, entry]) => setHere(name, entry)).every(Boolean);
  };

  const write = (changes) => transact("readwrite", (objects, transaction) => {
    for (const [name, entry] of changes) entry ? objects.put(entry) : objects.delete(name);
    /* Else the browser would wait for this page to hear of each, and a page that is being left hears of nothing. */
    transaction.commit?.();
  });

  const carryOut = async (changes) => {
    running = changes;
    const watch = setInterval(copyHere, patienceForWriting);
    let isKept = true;
    try {
      await write(changes);
      for (const name of changes.keys()) if (!waiting?.changes.get(name)) setHere(name, null);
    } catch {
      isKept = copyHere();
    }
    clearInterval(watch);
    running = new Map();
    return isKept;
  };

  const change = (name, entry) => {
    if (!waiting) {
      const batch = waiting = { changes: new Map() };
      batch.done = queue = queue.then(() => {
        waiting = null;
        return carryOut(batch.changes);
      });
    }
    waiting.changes.set(name, entry);
    return waiting.done;
  };

  const put = (name, entry) => change(name, { ...entry, name, serial: serial += 1 });
  const remove = (name) => change(name, null);

  /* ---- Reading. A copy in localStorage may be older than what IndexedDB has, or newer. ---- */

  const isNewer = (one, other) => !other || (one.serial ?? 0) > (other.serial ?? 0);

  /* Entries of a version that knew localStorage only, and of pages that were left. */
  const takeOver = async (entries) => {
    try {
      await transact("readwrite", (objects) => {
        for (const entry of entries) {
          const request = objects.get(entry.name);
          request.onsuccess = () => { if (isNewer(entry, request.result)) objects.put(entry); };
        }
      });
      const isTaken = (entry) => entries.some(({ name, at }) => name === entry.name && at === entry.at);
      for (const entry of here(prefix).filter(isTaken)) setHere(entry.name, null);
    } catch { /* They stay where they are, and are read there. */ }
  };

  /* Entries whose name begins so, the newest first. */
  const all = async (start) => {
    await queue;
    const range = () => IDBKeyRange.bound(start, `${start}\uffff`);
    const kept = await transact("readonly", (objects) => objects.getAll(range())).catch(() => []);
    const found = new Map(kept.map((entry) => [entry.name, entry]));
    const copies = here(start);
    for (const entry of copies) if (isNewer(entry, found.get(entry.name))) found.set(entry.name, entry);
    const old = copies.filter((entry) => !(Date.now() - Date.parse(entry.at) < youngest));
    if (old.length) queue = queue.then(() => takeOver(old));
    return [...found.values()].sort((one, other) => (one.at < other.at ? 1 : -1));
  };

  window.colophonJournal = { put, remove, all, copyHere };
})();
