/* How many words the body has and how long reading them takes, in #editor-count. Loaded by the editor only. A long text is
   counted in pieces, between which the browser answers keys; nothing is announced. */
(() => {
  "use strict";

  const place = document.getElementById("editor-count");
  if (!place) return;

  /* The same as web/html/filters.py and web/html/text.py, which count what Markdown has become. */
  const wordsPerMinute = 230;
  const cjk = /[\u3041-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff66-\uff9d\u{20000}-\u{3ffff}]/gu;
  const betweenWords = /[\s—–/]+/;
  /* Tags, and what follows the words of a link or makes an image. */
  const unread = /<[^<>]{1,500}>|!\[[^[\]]{0,300}\]\([^()\s]{0,2000}\)|(?<=\])\([^()\s]{0,2000}\)/g;
  const pieceLength = 20000;

  /* The end of a piece that begins at `start`: between words where it can be. */
  const endOf = (text, start) => {
    if (start + pieceLength >= text.length) return text.length;
    const rest = text.slice(start + pieceLength, start + 2 * pieceLength);
    const space = rest.search(/\s/);
    return start + pieceLength + (space < 0 ? rest.length : space);
  };

  const count = (piece) => {
    const read = piece.replace(unread, " ");
    const spaced = read.replace(cjk, " ");
    const characters = read.length === spaced.length && read === spaced ? 0 : read.match(cjk).length;
    return [characters, spaced.split(betweenWords).filter((word) => /[\p{L}\p{N}]/u.test(word)).length];
  };

  const show = (total) => {
    const minutes = Math.max(1, Math.round(total / wordsPerMinute));
    const amount = `${total.toLocaleString(document.documentElement.lang)} ${total === 1 ? "word" : "words"}`;
    place.textContent = total ? `${amount} · ${minutes} min read` : "";
  };

  let timer = 0;
  const start = () => {
    const text = document.getElementById("body").value;
    let [from, characters, words] = [0, 0, 0];
    const step = () => {
      const to = endOf(text, from);
      const [more, others] = count(text.slice(from, to));
      characters += more;
      words += others;
      from = to;
      if (from < text.length) timer = setTimeout(step);
      else show(Math.ceil(characters / 2) + words);
    };
    step();
  };

  const soon = () => {
    clearTimeout(timer);
    timer = setTimeout(start, 400);
  };

  place.setAttribute("hx-morph-skip", "");
  document.addEventListener("input", (event) => { if (event.target.id === "body") soon(); });
  document.addEventListener("htmx:after:swap", (event) => { if (event.detail.ctx.target?.id?.startsWith("editor")) soon(); });
  start();
})();
