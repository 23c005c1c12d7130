/* The preview follows the text: beside it on a wide screen, as a tab in its place on a narrow one. Loaded by the editor only;
   without it the button "Preview" shows what the text was when it was pressed. */
(() => {
  "use strict";

  const views = document.getElementById("editor-views");
  if (!views) return;

  const pause = 1000;
  const longest = 100000;
  const isWide = matchMedia("(min-width: 64rem)");
  const at = (id) => document.getElementById(id);
  const isOpen = () => Boolean(at("preview-text").firstElementChild);
  const make = (name, properties, parent) => parent.appendChild(Object.assign(document.createElement(name), properties));

  /* ---- The tabs of narrow screens, and the way to close the preview of wide ones. ---- */

  const panels = { write: "editor-text", preview: "preview" };
  const tabs = Object.entries({ write: "Write", preview: "Preview" }).map(([name, textContent]) => {
    const tab = make("button", { type: "button", role: "tab", id: `tab-${name}`, textContent }, views);
    tab.setAttribute("aria-controls", panels[name]);
    return tab;
  });
  const [writing, previewing] = tabs;
  views.setAttribute("role", "tablist");
  views.setAttribute("aria-label", "Text or preview");

  const bar = at("preview-bar");
  const hint = make("span", { className: "field-hint", hidden: true, textContent: "Too long to follow; press Preview again." }, bar);
  const close = make("button", { type: "button", className: "button-text", textContent: "Close preview" }, bar);
  /* Answers that morph the form leave these as they are. */
  for (const element of [views, bar, at("preview-text")]) element.setAttribute("hx-morph-skip", "");

  const isPreviewing = () => previewing.ariaSelected === "true";

  /* Panels are panels only where there are tabs; a morph has taken away what was written here. */
  const arrange = () => {
    for (const [name, id] of Object.entries(panels)) {
      const panel = at(id);
      if (isWide.matches) ["role", "aria-labelledby"].forEach((each) => panel.removeAttribute(each));
      else Object.entries({ role: "tabpanel", "aria-labelledby": `tab-${name}` }).forEach((pair) => panel.setAttribute(...pair));
    }
  };

  const select = (tab) => {
    for (const each of tabs) {
      each.ariaSelected = String(each === tab);
      each.tabIndex = each === tab ? 0 : -1;
    }
  };

  /* ---- Following. One request at a time; whoever types meanwhile gets another one. ---- */

  let shown = null;
  let timer = 0;
  let isRunning = false;
  let isWanted = false;

  /* Not within the form: the editor's own requests wait for each other, and saving must not wait for this. */
  const follower = make("div", { hidden: true }, document.body);
  follower.dataset.quiet = "";

  const isWatched = () => Boolean(window.htmx) && isOpen() && (isWide.matches || isPreviewing());

  const soon = () => {
    clearTimeout(timer);
    if (isWatched()) timer = setTimeout(follow, pause);
  };

  const follow = () => {
    const text = at("body").value;
    hint.hidden = text.length <= longest;
    if (!isWatched() || text.length > longest || text === shown) return;
    isWanted = isRunning;
    if (!isRunning) request(text);
  };

  const request = (text) => {
    isRunning = true;
    const values = Object.fromEntries(new FormData(at("editor")));
    htmx.ajax("POST", at("editor-preview").dataset.hxPost, { source: follower, target: "#preview-text", swap: "innerMorph", values })
      .catch(() => {})
      .finally(() => {
        isRunning = false;
        if (isWanted) soon();
        isWanted = false;
      });
    shown = text;
  };

  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    /* A failure is told when the text is saved, and by the button. Whoever has closed the preview wants it closed. */
    if (ctx.sourceElement === follower && (ctx.response.status !== 200 || !isOpen())) {
      event.preventDefault();
      shown = null;
    }
  });

  document.addEventListener("input", (event) => { if (event.target.id === "body") soon(); });

  /* ---- Opening and closing. ---- */

  const press = () => at("editor-preview")?.click();

  const choose = (tab) => {
    select(tab);
    tab.focus();
    if (tab === previewing && at("body").value !== shown) press();
  };

  for (const tab of tabs) tab.addEventListener("click", () => choose(tab));
  views.addEventListener("keydown", (event) => {
    if (!/^(Arrow(Left|Right)|Home|End)$/.test(event.key)) return;
    event.preventDefault();
    const goal = { Home: writing, End: previewing }[event.key] ?? (event.target === writing ? previewing : writing);
    choose(goal);
  });

  close.addEventListener("click", () => {
    at("preview-text").replaceChildren();
    shown = null;
    select(writing);
    at("editor-preview")?.focus();
  });

  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    if (ctx.sourceElement?.id === "editor-preview") ctx.previewed = at("body").value;
  });

  document.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = event.detail;
    arrange();
    if (ctx.previewed !== undefined && ctx.target.id === "preview-text") {
      shown = ctx.previewed;
      select(previewing);
      document.dispatchEvent(new CustomEvent("announce", { detail: "The preview is open, after the text." }));
      hint.hidden = shown.length <= longest;
      /* The button is below the text, in whose place the preview now is. */
      if (!isWide.matches) views.scrollIntoView({ block: "nearest" });
    }
    /* An error at the text must be seen. */
    if (at("body").ariaInvalid === "true" && isPreviewing()) {
      select(writing);
      at("body").focus();
    }
    if (ctx.sourceElement !== follower) soon();
  });

  isWide.addEventListener("change", arrange);
  select(isOpen() ? previewing : writing);
  arrange();
})();
