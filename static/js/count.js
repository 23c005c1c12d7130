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
  /* What nobody reads. tests/html/counted_words.py holds both to one table. */
  const unread = new RegExp([
    /<(?![a-z][\w+.-]{1,31}:|[^\s<>]{1,200}@)[^<>]{1,500}>/, // tags, but no addresses
    /!\[[^[\]]{0,300}\](?:\([^()\s]{0,2000}(?:\s"[^"]{0,300}")?\)|\[[^[\]]{0,300}\])/, // images
    /(?<=\])\([^()\s]{0,2000}(?:\s"[^"]{0,300}")?\)/, // where a link leads
    /\[\^[^\]\s]{1,100}\]:?|\^(?=\[)/, // signs of footnotes
    /(?<=\])\[[^[\]]{0,300}\]/, // where a link is defined, and there
    /^ {0,3}\[[^[\]]{1,300}\]:[ \t]*\S{1,2000}(?:[ \t]+(?:"[^"\n]{0,300}"|'[^'\n]{0,300}'|\([^()\n]{0,300}\)))?[ \t]*$/,
    /^[ \t]*(?:[-*+]|\d{1,9}[.)])[ \t]+(?:\[[ x]\][ \t]+)?/, // signs of lists
    /^[ \t]*(?:`{3,}|~{3,})[^`\n]{0,200}$/, // the language of code
  ].map((each) => each.source).join("|"), "gim");
  const named = /&(?:#\d{1,7}|#x[\da-f]{1,6}|[a-z][a-z\d]{1,31});/gi;
  const pieceLength = 20000;

  /* Characters that are written by their names, such as &amp; */
  const letters = new Map();
  const letter = (name) => {
    if (!letters.has(name)) letters.set(name, new DOMParser().parseFromString(name, "text/html").body.textContent);
    return letters.get(name);
  };

  /* The end of a piece that begins at `start`: between lines where it can be, else between words. */
  const endOf = (text, start) => {
    if (start + pieceLength >= text.length) return text.length;
    const rest = text.slice(start + pieceLength, start + 2 * pieceLength);
    const ends = [rest.indexOf("\n"), rest.search(/\s/), rest.length];
    return start + pieceLength + ends.find((end) => end >= 0);
  };

  const count = (piece) => {
    const read = piece.replace(unread, " ").replace(named, letter);
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
