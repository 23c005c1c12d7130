/* Names the window and the page after the post as it is saved, as they would be named if the editor was opened again.
   Loaded by the editor only, as <script src="…" data-blog="name of the blog" defer>. */
(() => {
  "use strict";

  if (!window.colophonEditor) return;
  const { acknowledged, isNew, isOurs } = window.colophonEditor;
  const { blog } = document.currentScript.dataset;

  document.addEventListener("htmx:after:swap", (event) => {
    const { ctx } = event.detail;
    const { title } = acknowledged();
    /* What clashes is kept, but the post is still named as it was. */
    if (!isOurs(ctx) || ctx.response.status >= 400 || isNew() || title === undefined || document.querySelector("[data-conflict]")) return;
    document.title = `${title || "Untitled"} · ${blog}`;
    document.getElementById("editor-heading").textContent = "Edit post";
  });
})();
