/* Small comforts on top of pages that work without any of this: focus and announcements after a swap,
   plain words when a request fails, no double submission, Ctrl+Enter. */
(() => {
  "use strict";

  const quickForms = ".comment-form, .editor, [data-quick-submit]";

  /* ---- Words: read out in the live region, and shown where eyes should notice them too. ---- */

  const announce = (text) => {
    const region = document.getElementById("announcement");
    if (!region) return;
    region.textContent = "";
    /* A pause makes screen readers speak again when the same words come twice. */
    setTimeout(() => { region.textContent = text; }, 60);
  };

  /* Other scripts tell by document.dispatchEvent(new CustomEvent("announce", { detail: "words" })). */
  document.addEventListener("announce", (event) => announce(event.detail));

  const hideToast = () => document.querySelector(".toast")?.remove();

  const showToast = (text) => {
    hideToast();
    const toast = document.createElement("div");
    toast.className = "toast notice notice-error";
    const words = document.createElement("p");
    words.textContent = text;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet button-small";
    button.textContent = "Close";
    button.addEventListener("click", hideToast);
    toast.append(words, button);
    document.body.append(toast);
    announce(text);
  };

  /* ---- Answers that must not be swapped into a part of a page. ---- */

  const isDocument = (text) => /^\s*(<!doctype|<html)/i.test(text ?? "");

  /* An error page tells in its heading and first sentence what happened; the same words go into the toast. */
  const wordsOf = (text) => {
    const main = isDocument(text) && new DOMParser().parseFromString(text, "text/html").querySelector("main");
    if (!main) return "";
    const pieces = [main.querySelector("h1"), main.querySelector("h1 ~ p")];
    return pieces.map((piece) => piece?.textContent.trim().replace(/\s+/g, " ")).filter(Boolean).join(". ");
  };

  /* Whatever tells of its failures itself. */
  const isQuiet = (ctx) => ctx.sourceElement?.hasAttribute?.("data-quiet");

  const failure = (status, text) => {
    if (status >= 400) return wordsOf(text) || "Something went wrong on our side. Nothing was stored; please try again.";
    return "This could not be done: you may have been signed out. What you typed is still here. Sign in in another tab, then try again.";
  };

  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    const status = ctx.response?.status ?? 200;
    const wholePage = isDocument(ctx.text) && ctx.target !== document.body && !ctx.select;
    if (status < 500 && !wholePage) return hideToast();
    event.preventDefault();
    if (isQuiet(ctx)) return;
    if (status < 400 && ctx.request.method === "GET") location.assign(ctx.response.raw.url);
    else showToast(failure(status, ctx.text));
  });

  document.addEventListener("htmx:error", (event) => {
    if (event.detail.ctx?.request && !isQuiet(event.detail.ctx)) showToast("The server could not be reached. What you typed is still here; please try again.");
  });

  /* ---- What is typed while a request is under way is still there after its answer. ---- */

  const typedIn = (form) => [...form.elements].filter((control) => control.matches("textarea, input:not([type]), input[type='text'], input[type='email'], input[type='search']"));

  document.addEventListener("htmx:config:request", (event) => {
    const { ctx } = event.detail;
    if (ctx.request.form) ctx.typedBefore = new Map(typedIn(ctx.request.form).map((control) => [control, control.value]));
  });

  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx } = event.detail;
    ctx.focused = document.activeElement;
    const changed = [...ctx.typedBefore ?? []].filter(([control, value]) => control.isConnected && control.value !== value);
    ctx.typedSince = new Map(changed.map(([control]) => [control.name, { id: control.id, text: control.value }]));
  });

  const putBack = (ctx, place) => {
    const lost = [];
    for (const [name, { id, text }] of ctx.typedSince ?? []) {
      const control = document.getElementById(id) ?? place.querySelector?.(`[name="${name}"]`);
      if (!control) lost.push(text);
      else if (control.value !== text) {
        control.value = text;
        control.dispatchEvent(new Event("input", { bubbles: true }));
      }
    }
    if (lost.length) showToast(`You went on typing: ${lost.join(" ")}`);
  };

  /* ---- After a swap: focus where the reader goes on, and say what changed. ---- */

  const focusOn = (element) => {
    element.removeAttribute("data-focus");
    if (!element.matches("a[href], button, input, select, textarea, [tabindex]")) element.tabIndex = -1;
    element.focus();
  };

  /* Of a field that takes the place of itself together with the focus, screen readers say nothing. */
  const unheard = (ctx, field) => {
    const isItself = field && !ctx.focused?.isConnected && ctx.focused?.id === field.id;
    return isItself ? document.getElementById(`${field.id}-error`)?.textContent.trim() : "";
  };

  document.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = event.detail;
    const place = [ctx.target, event.target].find((element) => element instanceof Element && element.isConnected) ?? document;
    putBack(ctx, place);
    const invalid = ctx.response?.status === 422 && place.querySelector("[aria-invalid='true']");
    const next = document.querySelector("[data-focus]") ?? invalid;
    if (next) focusOn(next);

    const said = [...document.querySelectorAll("[data-announce]")].map((element) => {
      const text = element.dataset.announce || element.textContent;
      element.removeAttribute("data-announce");
      return text.trim();
    });
    const words = [...said, unheard(ctx, invalid)].filter(Boolean).join(" ");
    if (words) announce(words);
  });

  /* ---- One press, one request. The button is never disabled: its name and value belong to the form. ---- */

  const release = (element) => element.removeAttribute("data-busy");

  const stop = (event) => {
    event.preventDefault();
    event.stopImmediatePropagation();
  };

  document.addEventListener("submit", (event) => {
    if (event.target.hasAttribute("data-busy")) stop(event);
  }, true);

  /* The second half of a double click must not press what the first one's answer put into the button's place. */
  document.addEventListener("click", (event) => {
    const isHasty = event.detail > 1 && event.target.closest("button[data-hx-post]");
    if (isHasty || event.target.closest("button[data-busy], a[data-busy]")) stop(event);
  }, true);

  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method === "get") return;
    event.target.dataset.busy = "";
    setTimeout(release, 10000, event.target);
  });

  /* What waited in a queue may have left the page meanwhile; then the document itself is told. */
  document.addEventListener("htmx:before:request", (event) => { if (event.target !== document) event.target.dataset.busy = ""; });
  document.addEventListener("htmx:finally:request", (event) => release(event.detail.ctx.sourceElement));
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-busy]").forEach(release));

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || !event.target.matches("textarea, input")) return;
    const form = event.target.form;
    if (!form || !(form.matches(quickForms) || form.closest(quickForms))) return;
    event.preventDefault();
    /* A click, not a submission: the button may be htmx's own, with an address of its own. */
    form.querySelector("button:not([type]), [type='submit']")?.click();
  });
})();
