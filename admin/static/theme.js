/* Before anything is painted: the theme chosen on this machine, or the system's. */
(function () {
  "use strict";
  var kept = null;
  try { kept = localStorage.getItem("amo-theme"); } catch (error) { /* storage is closed: the system decides */ }
  if (kept === "light" || kept === "dark") document.documentElement.dataset.theme = kept;
})();
