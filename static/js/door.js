/* The form to sign in that stands above the editor when a session has ended: editor.js sends the words, this minds the door. */
(() => {
  "use strict";

  if (!window.colophonEditor) return;
  const { field, isOurs, save } = window.colophonEditor;
  const { say, show } = window.colophonLine;
  const door = document.getElementById("editor-door");

  /* Each save that is refused brings the form to sign in. One that somebody is filling in stays as it is, and so does one
     that says the same: it would be read out after every pause. */
  const isBeingFilledIn = () =>
    door.contains(document.activeElement) || [...door.querySelectorAll("input:not([type='hidden'])")].some((input) => input.value);

  const words = (place) => place.querySelector(".notice > p")?.textContent;

  /* Far down a text nobody sees the notice above it. The line that said when the words were saved says that they are not. */
  const tellOfRefusal = (ctx) => {
    const { status } = ctx.response;
    if (ctx.hx?.retarget !== "#editor-door") {
      /* What is wrong with a field the answer says itself; editor.js tells of failures. */
      const isUnsaid = ctx.sourceElement?.id === "editor-autosave" && status >= 400 && status < 500 && status !== 422;
      if (isUnsaid) say("Not saved: the blog refused your words. They are kept in this browser.");
      return;
    }
    const isSignedOut = status === 401;
    const link = document.createElement("a");
    link.href = isSignedOut ? "#login" : "#editor-door";
    link.textContent = isSignedOut ? "Sign in above the text" : "See why above the text";
    show(isSignedOut ? "Not saved: you have been signed out." : "Not saved.", link);
  };

  document.addEventListener("htmx:before:swap", (event) => {
    const { ctx, tasks } = event.detail;
    if (!isOurs(ctx)) return;
    tellOfRefusal(ctx);
    const isRefusedAgain = ctx.response?.status === 401 && ctx.hx?.retarget === "#editor-door";
    if (!isRefusedAgain) return;
    const isSaid = door.querySelector("form") && words(door) === words(tasks[0].fragment);
    if (isSaid || isBeingFilledIn()) event.preventDefault();
  });

  /* Signed in again without leaving: what could not be stored is sent once more. */
  document.addEventListener("htmx:after:swap", () => {
    const welcome = door.querySelector("[data-signed-in]:not([data-seen])");
    if (!welcome) return;
    welcome.dataset.seen = "";
    /* What stood around the form is not true any more. */
    door.replaceChildren(welcome);
    field("body").focus();
    save();
  });
})();
