/* The few lines every page of the console shares; all of it works without them. */
(function () {
  "use strict";
  var root = document.documentElement;

  function isDark() {
    return root.dataset.theme ? root.dataset.theme === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
  }

  document.querySelectorAll("[data-theme-switch]").forEach(function (button) {
    button.addEventListener("click", function () {
      root.dataset.theme = isDark() ? "light" : "dark";
      try { localStorage.setItem("amo-theme", root.dataset.theme); } catch (error) { /* not kept, and no harm */ }
    });
  });

  document.querySelectorAll("[data-menu-switch]").forEach(function (button) {
    button.addEventListener("click", function () {
      var open = document.body.classList.toggle("menu-open");
      button.setAttribute("aria-expanded", String(open));
    });
  });

  /* <form data-confirm="…"> asks before it is sent. */
  document.addEventListener("submit", function (event) {
    var said = event.target.getAttribute("data-confirm");
    if (said && !confirm(said)) event.preventDefault();
  });

  /* <select data-submit> sends its form when it changes. */
  document.addEventListener("change", function (event) {
    if (event.target.hasAttribute("data-submit")) event.target.form.requestSubmit();
  });

  var first = document.querySelector("[data-focus]");
  if (first) first.focus();
})();
