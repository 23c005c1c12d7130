/* The quiet line beside the editor's buttons: what became of the words. Screen readers say it when it says something else than
   before; "Saved" after every pause would drown what is being written. Its words come from editor.js and with the answers. */
(() => {
  "use strict";

  const line = () => document.getElementById("editor-saved");
  let told = "";

  const tell = (text) => {
    line().setAttribute("aria-live", text === told ? "off" : "polite");
    told = text;
  };

  const say = (text) => {
    tell(text);
    if (line().textContent !== text) line().textContent = text;
  };

  /* For what is announced elsewhere: here it is seen, and read by whoever comes by. */
  const show = (text, link) => {
    tell(text);
    line().setAttribute("aria-live", "off");
    line().replaceChildren(text, ...link ? [" ", link] : []);
  };

  /* The time becomes plain text, and before the swap: an element, or a later change, would be said once more by itself. */
  const tellOfAnswer = (answer) => {
    const time = answer.querySelector("[data-clock]");
    tell(answer.firstElementChild.textContent.trim());
    time?.replaceWith(new Date(time.dateTime).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }));
    answer.normalize();
  };

  window.colophonLine = { line, say, show, tellOfAnswer };
})();
