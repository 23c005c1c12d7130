/* Images for the text that is being written: dropped, pasted or chosen, uploaded at once, several at a time, and described
   in words. Loaded by the editor only, as <script src="…" data-address="/media" defer>. A panel before the form, which no swap
   of the form touches, shows how far each one is; any [data-pick-images] opens the choice of files. */
(() => {
  "use strict";

  const { address } = document.currentScript.dataset;
  const form = document.getElementById("editor");
  if (!form) return;

  const atOnce = 3;
  const accepted = "image/jpeg,image/png,image/gif,image/webp,image/avif";
  const words = {
    0: "The server could not be reached. Please try again.",
    413: "It is larger than this blog accepts.",
    503: "Images cannot be stored just now. Please try again.",
  };
  const waiting = [];
  let running = 0;
  let count = 0;

  const body = () => document.getElementById("body");

  const make = (name, properties = {}, ...children) => {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  };

  /* ---- The panel. ---- */

  const chooser = make("input", { type: "file", multiple: true, accept: accepted, hidden: true, ariaLabel: "Images" });
  const list = make("ul", { className: "list-plain" });
  const status = make("p", { className: "visually-hidden", role: "status" });
  const panel = make("section", { id: "uploads", className: "uploads wide", ariaLabel: "Images" }, chooser, list, status);
  form.before(panel);
  /* On phones the line that says what is saved stays below it. */
  new ResizeObserver(() => document.documentElement.style.setProperty("--uploads-room", `${panel.offsetHeight}px`)).observe(panel);

  /* In the panel, which stays in sight however far the text is scrolled. */
  const complain = (text) => {
    panel.querySelector(".notice")?.remove();
    const close = make("button", { type: "button", className: "button-text", textContent: "Close" });
    const note = make("p", { className: "notice notice-error" }, text, " ", close);
    close.addEventListener("click", () => { note.remove(); body().focus(); });
    list.before(note);
    status.textContent = text;
  };

  /* ---- The text. ---- */

  /* What is typed by command can be undone, but only where the cursor is; elsewhere the cursor must not be taken away. */
  const replace = (start, end, text) => {
    const field = body();
    const { selectionStart, selectionEnd, scrollTop } = field;
    const moved = (place) => (place <= start ? place : place >= end ? place + text.length - (end - start) : start + text.length);
    if (document.activeElement === field) {
      field.setSelectionRange(start, end);
      if (document.execCommand(text ? "insertText" : "delete", false, text)) {
        field.setSelectionRange(moved(selectionStart), moved(selectionEnd));
        field.scrollTop = scrollTop;
        return;
      }
    }
    field.setRangeText(text, start, end, "preserve");
    field.setSelectionRange(moved(selectionStart), moved(selectionEnd));
    field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text }));
  };

  /* False where the writer has taken the words out meanwhile. */
  const exchange = (before, after) => {
    const start = body().value.indexOf(before);
    if (start >= 0) replace(start, start + before.length, after);
    return start >= 0;
  };

  const escaped = (text) => text.replace(/[\\[\]*_~`<&!]/g, "\\$&").replace(/\s+/g, " ").trim();

  /* ---- One upload after the other, a few at the same time. ---- */

  const add = (files) => {
    const images = [...files];
    if (!images.length || !body()) return;
    const uploads = images.map((file) => {
      const name = file.name || "image";
      count += 1;
      const placeholder = `![Uploading ${name.replace(/[\\[\]\s]+/g, " ").trim()}${count > 1 ? ` (${count})` : ""}…]()`;
      const progress = make("progress", { max: 100, value: 0, ariaLabel: `Uploading ${name}` });
      const cancel = make("button", { type: "button", className: "button-text", textContent: "Cancel", ariaLabel: `Cancel ${name}` });
      const item = make("li", { className: "cluster" }, make("span", { textContent: name }), progress, cancel);
      list.append(item);
      const upload = { file, name, placeholder, item, progress };
      cancel.addEventListener("click", () => stop(upload));
      return upload;
    });
    const { selectionStart, selectionEnd, value } = body();
    /* Behind a finished line and before one an image is a paragraph of its own; within one it stands between the words. */
    const isAtStart = /(^|\n)$/.test(value.slice(0, selectionStart));
    const isAtEnd = /^(\n|$)/.test(value.slice(selectionEnd));
    uploads.forEach((upload, place) => {
      upload.tail = isAtStart && !isAtEnd ? "\n\n" : "";
      upload.lead = (place && !upload.tail) || (isAtEnd && !isAtStart) ? "\n\n" : "";
    });
    const text = uploads.map((upload) => upload.lead + upload.placeholder + upload.tail).join("");
    replace(selectionStart, selectionEnd, text);
    /* The writer goes on behind the images. */
    body().setSelectionRange(selectionStart + text.length, selectionStart + text.length);
    waiting.push(...uploads);
    status.textContent = images.length === 1 ? `Uploading ${uploads[0].name}.` : `Uploading ${images.length} images.`;
    next();
  };

  const next = () => {
    while (running < atOnce && waiting.length) send(waiting.shift());
  };

  const send = (upload) => {
    const request = new XMLHttpRequest();
    const data = new FormData();
    data.append("file", upload.file, upload.name);
    running += 1;
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) upload.progress.value = (100 * event.loaded) / event.total;
    });
    request.addEventListener("loadend", () => {
      running -= 1;
      if (request.status === 201 && request.response) finish(upload, request.response);
      else fail(upload, upload.isCancelled ? "" : request.response?.error ?? words[request.status] ?? "Something went wrong on our side.");
      next();
    });
    upload.request = request;
    request.open("POST", address);
    request.responseType = "json";
    request.setRequestHeader("Accept", "application/json");
    request.send(data);
  };

  const stop = (upload) => {
    upload.isCancelled = true;
    if (upload.request) return upload.request.abort();
    waiting.splice(waiting.indexOf(upload), 1);
    fail(upload, "");
  };

  const fail = (upload, reason) => {
    if (!exchange(upload.lead + upload.placeholder + upload.tail, "")) exchange(upload.placeholder, "");
    leave(upload.item);
    if (reason) complain(`“${upload.name}” was not uploaded. ${reason}`);
    else status.textContent = `${upload.name} was not uploaded.`;
  };

  const finish = (upload, image) => {
    const stands = exchange(upload.placeholder, image.markdown);
    if (stands && !image.alt) ask(upload, image);
    else leave(upload.item);
    const told = stands ? "is in the text" : "is uploaded, but its place in the text is gone. It is among your images";
    status.textContent = `${upload.name} ${told}.${stands && !image.alt ? " Please describe it in the field above the text." : ""}`;
  };

  /* Whoever is in the panel stays in it. */
  const leave = (item, isIn = item.contains(document.activeElement)) => {
    item.remove();
    if (isIn) (list.querySelector("input, button") ?? body()).focus();
  };

  /* ---- What it shows, in words: asked for, not demanded, and without taking the cursor away. ---- */

  const ask = (upload, image) => {
    const id = `uploads-alt-${image.id}`;
    const field = make("input", { id, type: "text", autocomplete: "off" });
    const done = make("button", { type: "button", className: "button button-small", textContent: "Describe" });
    const skip = make("button", { type: "button", className: "button-text", textContent: "Not now" });
    const label = make("label", { htmlFor: id, textContent: `What does “${upload.name}” show?` });
    upload.item.replaceChildren(label, field, done, skip);
    const describe = () => {
      const alt = escaped(field.value);
      if (alt) {
        /* From within the text the browser can undo it. */
        body().focus();
        const stands = exchange(image.markdown, `![${alt}](${image.url})`);
        /* The words in the text are those that count; the image's page learns them too. */
        const data = new URLSearchParams({ alt: field.value });
        fetch(`${address}/${image.id}`, { method: "POST", body: data, redirect: "manual" }).catch(() => {});
        status.textContent = stands ? "The description is in the text." : "The image has its description; the text has changed meanwhile.";
      }
      leave(upload.item, true);
    };
    done.addEventListener("click", describe);
    skip.addEventListener("click", () => leave(upload.item));
    field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing) return;
      event.preventDefault();
      describe();
    });
  };

  /* ---- The ways in. ---- */

  const images = (transfer) => [...(transfer?.files ?? [])];
  const isOverText = (event) => event.target instanceof Element && event.target.id === "body";

  chooser.addEventListener("change", () => { add(chooser.files); chooser.value = ""; });

  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-pick-images]")) chooser.click();
  });

  document.addEventListener("paste", (event) => {
    /* Programs for tables put a picture beside the words. */
    if (!isOverText(event) || !images(event.clipboardData).length || event.clipboardData.types.includes("text/plain")) return;
    event.preventDefault();
    add(images(event.clipboardData));
  });

  document.addEventListener("dragover", (event) => {
    if (!event.dataTransfer.types.includes("Files")) return;
    event.preventDefault();
    /* A file that misses the text would take the place of the page. */
    if (isOverText(event)) event.target.dataset.dropping = "";
    else event.dataTransfer.dropEffect = "none";
  });
  document.addEventListener("dragleave", (event) => { if (isOverText(event)) delete event.target.dataset.dropping; });
  document.addEventListener("drop", (event) => {
    if (!isOverText(event) || !images(event.dataTransfer).length) return;
    event.preventDefault();
    delete event.target.dataset.dropping;
    event.target.focus();
    add(images(event.dataTransfer));
  });

  /* ---- Before all are done. ---- */

  const isUnderWay = () => running || waiting.length;

  window.addEventListener("beforeunload", (event) => { if (isUnderWay()) event.preventDefault(); });

  /* A draft may have placeholders for a while; readers and reviewers see none. */
  document.addEventListener("click", (event) => {
    if (!isUnderWay() || !event.target.closest("#editor-changes, #editor-publication, #editor-submission")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    complain("Images are still being uploaded. Please wait until they are in the text, then press the button again.");
  }, true);

  const abandoned = /!\[(Uploading [^\]]+…)\]\(\)/.exec(body()?.value ?? "");
  if (abandoned) complain(`“${abandoned[1]}” stands in the text, but that upload never ended. Please add the image again there.`);
})();
