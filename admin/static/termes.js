/* Escape hides the definition that shows; leaving the word makes it ready again. A finger opens it by focus.
   A definition that would leave the page on its right is laid to the left of its word. */
(function () {
  "use strict";
  function shown() { return document.querySelectorAll(".term:hover, .term:focus-within"); }

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    shown().forEach(function (term) { term.setAttribute("data-dismissed", ""); });
  });

  document.querySelectorAll(".term").forEach(function (term) {
    function ready() { term.removeAttribute("data-dismissed"); }
    function place() {
      term.classList.remove("is-flipped");
      var right = term.querySelector(".term-told").getBoundingClientRect().right;
      if (right > document.documentElement.clientWidth) term.classList.add("is-flipped");
    }
    term.addEventListener("mouseenter", place);
    term.addEventListener("focusin", place);
    term.addEventListener("mouseleave", ready);
    term.addEventListener("focusout", ready);
    term.querySelector(".term-word").addEventListener("click", function () { ready(); this.focus(); });
  });
})();
