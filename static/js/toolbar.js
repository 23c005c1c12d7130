/* Buttons and shortcuts that write Markdown into the body. Loaded by the editor only; fills #editor-toolbar, which is empty
   without it. What a button writes can be undone like what is typed, and is heard as `input` by whatever saves. */
(() => {
  "use strict";

  const bar = document.getElementById("editor-toolbar");
  if (!bar) return;

  const body = () => document.getElementById("body");
  const isMac = /Mac|iP(hone|ad)/.test(navigator.platform);

  /* Writes by command, which the browser can undo, else directly; then selects where the writer goes on. */
  const write = (start, end, text, from, to = from) => {
    const field = body();
    const { scrollTop } = field;
    field.focus();
    field.setSelectionRange(start, end);
    if ((text || start < end) && !document.execCommand(text ? "insertText" : "delete", false, text)) {
      field.setRangeText(text, start, end);
      field.dispatchEvent(new InputEvent("input", { bubbles: true, inputType: "insertText", data: text }));
    }
    field.setSelectionRange(from, to);
    field.scrollTop = scrollTop;
  };

  /* What is meant: the selection without the space around it; without a selection the word at the cursor. */
  const meant = () => {
    const { value, selectionStart, selectionEnd } = body();
    let [start, end] = [selectionStart, selectionEnd];
    const isLetter = (place) => /[\p{L}\p{N}]/u.test(value.charAt(place));
    const isSpace = (place) => /\s/.test(value.charAt(place));
    if (start === end) {
      while (isLetter(start - 1)) start -= 1;
      while (isLetter(end)) end += 1;
    } else {
      while (start < end && isSpace(start)) start += 1;
      while (start < end && isSpace(end - 1)) end -= 1;
    }
    return { value, start, end, words: value.slice(start, end), cursor: selectionStart, isCursor: selectionStart === selectionEnd };
  };

  /* ---- Bold, italic, code: marks on both sides. One star is italic, two are bold, three are both. ---- */

  const isRun = (mark, before, after) => {
    const length = (text) => [...text].findIndex((letter) => letter !== mark[0]);
    const count = Math.min(length(`${[...before].reverse().join("")} `), length(`${after} `));
    if (mark === "*") return count === 1 || count === 3;
    return mark === "**" ? count >= 2 : count === 1;
  };

  const isWrapped = (mark, words) => words.length > 2 * mark.length && words.startsWith(mark) && words.endsWith(mark)
    && isRun(mark, [...words.slice(0, 3)].reverse().join(""), [...words.slice(-3)].reverse().join(""));

  const surround = (mark) => {
    const { value, start, end, words, cursor, isCursor } = meant();
    const size = mark.length;
    if (isRun(mark, value.slice(Math.max(0, start - 3), start), value.slice(end, end + 3))) {
      /* Behind the last of marked words the button leads out of them. */
      if (isCursor && cursor === end && start < end) return write(end, end, "", end + size);
      return write(start - size, end + size, words, (isCursor ? cursor : start) - size, (isCursor ? cursor : end) - size);
    }
    /* Marks do not reach over the end of a paragraph. */
    const pieces = words.split(/(\n\s*\n)/);
    const change = pieces.every((piece, place) => place % 2 || isWrapped(mark, piece))
      ? (piece) => piece.slice(size, -size) : (piece) => mark + piece + mark;
    const text = pieces.map((piece, place) => (place % 2 ? piece : change(piece))).join("");
    if (isCursor) return write(start, end, text, cursor + size);
    const inside = pieces.length === 1 && text.length > words.length ? size : 0;
    return write(start, end, text, start + inside, start + text.length - inside);
  };

  /* ---- Links. ---- */

  const isAddress = (text) => /^(https?:\/\/|mailto:)\S+$/i.test(text);
  const target = (address) => (/[()<>]/.test(address) ? `<${address.replace(/[<>]/g, encodeURIComponent)}>` : address);

  /* A bracket without its partner would end a link, or begin another one. */
  const label = (words) => {
    let open = 0;
    const isOdd = [...words.replace(/\\./gs, "")].some((letter) => (open += (letter === "[") - (letter === "]")) < 0) || open > 0;
    return isOdd ? words.replace(/\\.|[[\]]/gs, (found) => (found.length > 1 ? found : `\\${found}`)) : words;
  };

  /* Whoever is in a link gets its words back, or its address where it has no words. */
  const link = () => {
    const { value, start, end, words } = meant();
    const line = value.lastIndexOf("\n", start - 1) + 1;
    for (const found of value.slice(line).split("\n", 1)[0].matchAll(/(?<!!)\[([^[\]]*)\]\(([^()]*)\)/g)) {
      const from = line + found.index;
      const to = from + found[0].length;
      const text = found[1] || found[2];
      if (from <= start && end <= to) return write(from, to, text, from, from + text.length);
    }
    if (isAddress(words)) return write(start, end, `[](${target(words)})`, start + 1);
    return write(start, end, `[${label(words)}]()`, words ? start + label(words).length + 3 : start + 1);
  };

  document.addEventListener("paste", (event) => {
    if (event.target !== body()) return;
    const address = event.clipboardData?.getData("text/plain").trim() ?? "";
    const { value, selectionStart, selectionEnd } = body();
    const words = value.slice(selectionStart, selectionEnd);
    const isTarget = value.slice(0, selectionStart).endsWith("](");
    if (!isAddress(address) || !words.trim() || words.includes("\n") || isAddress(words.trim()) || isTarget) return;
    event.preventDefault();
    const text = `[${label(words)}](${target(address)})`;
    write(selectionStart, selectionEnd, text, selectionStart + text.length);
    tell("Link added.");
  });

  /* ---- Quotes, lists, headings, code of several lines: whole lines. ---- */

  const onLines = (change) => {
    const { value, selectionStart, selectionEnd } = body();
    const isCursor = selectionStart === selectionEnd;
    const start = value.lastIndexOf("\n", selectionStart - 1) + 1;
    const next = value.indexOf("\n", isCursor ? selectionEnd : selectionEnd - 1);
    const end = next < 0 ? value.length : next;
    const old = value.slice(start, end);
    const text = change(old.split("\n")).join("\n");
    const cursor = Math.max(start, selectionStart + text.length - old.length);
    return isCursor ? write(start, end, text, cursor) : write(start, end, text, start, start + text.length);
  };

  const prefix = (pattern, mark, blankMark) => (rows) => {
    const filled = rows.filter((row) => row.trim());
    if (filled.length && filled.every((row) => pattern.test(row))) return rows.map((row) => row.replace(pattern, ""));
    return rows.map((row) => (row.trim() || rows.length === 1 ? mark + row : blankMark));
  };

  /* A heading, then a smaller one, then none. */
  const heading = (rows) => {
    const level = /^#+(?= )/.exec(rows.find((row) => row.trim()) ?? "")?.[0] ?? "";
    const mark = { "": "## ", "##": "### " }[level] ?? "";
    return rows.map((row) => (row.trim() || rows.length === 1 ? mark + row.replace(/^#+ /, "") : row));
  };

  const fence = (rows) => (rows.length > 2 && /^```/.test(rows[0]) && rows.at(-1) === "```" ? rows.slice(1, -1) : ["```", ...rows, "```"]);
  const code = () => (meant().words.includes("\n") ? onLines(fence) : surround("`"));

  /* ---- In words: what is written beside a selection, screen readers do not say, or say that the selection is gone. ---- */

  const tell = (text) => document.dispatchEvent(new CustomEvent("announce", { detail: text }));

  const next = () => {
    const { value, selectionStart } = body();
    return { "(": " Type its address.", "[": " Type its words." }[value.charAt(selectionStart - 1)] ?? "";
  };

  const act = (name, change) => {
    const before = body().value.length;
    change();
    const { value, selectionStart } = body();
    const row = value.slice(value.lastIndexOf("\n", selectionStart - 1) + 1);
    const what = name === "Heading" ? `Heading level ${/^#+(?= )/.exec(row)?.[0].length}` : name;
    if (value.length > before) tell(`${what} added.${name === "Link" ? next() : ""}`);
    else tell(value.length < before ? `${name} removed.` : `${name} ends here.`);
  };

  /* ---- The buttons. Letters are those of the keyboard's layout, digits its keys, because Shift changes their sign. ---- */

  const buttons = [
    ["Bold", () => surround("**"), "B"],
    ["Italic", () => surround("*"), "I"],
    ["Link", link, "K"],
    ["Code", code],
    ["Heading", () => onLines(heading), "Shift+7"],
    ["List", () => onLines(prefix(/^\s*[-*+] /, "- ", "")), "Shift+8"],
    ["Quote", () => onLines(prefix(/^> ?/, "> ", ">")), "Shift+9"],
    ["Image"],
  ].map(([name, change, keys]) => {
    const press = change && (() => act(name, change));
    const button = Object.assign(document.createElement("button"), { type: "button", textContent: name, tabIndex: -1 });
    button.className = `toolbar-${name.toLowerCase()}`;
    if (press) button.addEventListener("click", press);
    else Object.assign(button, { title: "Add images; or drop or paste them into the text" }).dataset.pickImages = "";
    if (keys) {
      button.title = `${name} (${isMac ? "Cmd" : "Ctrl"}+${keys})`;
      /* Without the name, which screen readers have said already. */
      button.ariaDescription = `${isMac ? "Cmd" : "Ctrl"}+${keys}`;
      button.setAttribute("aria-keyshortcuts", `${isMac ? "Meta" : "Control"}+${keys}`);
    }
    return { button, press, keys };
  });

  bar.append(...buttons.map(({ button }) => button));
  bar.setAttribute("role", "toolbar");
  bar.setAttribute("aria-label", "Formatting");
  bar.setAttribute("aria-controls", "body");
  /* Answers that morph the form leave it as it is. */
  bar.setAttribute("hx-morph-skip", "");

  /* One stop of the Tab key; arrows lead from button to button. */
  const stopAt = (place) => {
    for (const child of bar.children) child.tabIndex = -1;
    bar.children[place].tabIndex = 0;
    return bar.children[place];
  };
  stopAt(0);

  bar.addEventListener("keydown", (event) => {
    const count = bar.children.length;
    const place = [...bar.children].indexOf(event.target);
    const forward = getComputedStyle(bar).direction === "rtl" ? -1 : 1;
    const goal = { ArrowRight: place + forward, ArrowLeft: place - forward, Home: 0, End: count - 1 }[event.key];
    if (goal === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    stopAt((goal + count) % count).focus();
  });
  bar.addEventListener("focusin", (event) => stopAt([...bar.children].indexOf(event.target)));
  /* The pointer leaves the focus, and on a phone the keyboard, where it is. */
  bar.addEventListener("mousedown", (event) => event.preventDefault());

  document.addEventListener("keydown", (event) => {
    const { key, code: place, shiftKey, altKey } = event;
    if (event.target !== body() || !(isMac ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey) || altKey || event.isComposing) return;
    const keys = shiftKey ? place.replace("Digit", "Shift+") : key.toUpperCase();
    const found = buttons.find((each) => each.keys === keys);
    if (!found) return;
    event.preventDefault();
    found.press();
  });
})();
