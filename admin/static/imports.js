/* Follows a judgement to its end, and tells of a file too large before it is sent. Both work without: the page
   refreshes itself, and the server refuses. */
(function () {
  "use strict";
  var watched = document.querySelector("[data-watch]");

  function look() {
    fetch(watched.dataset.watch, { headers: { Accept: "application/json" } })
      .then(function (answer) { return answer.ok ? answer.json() : { state: "gone" }; })
      .then(function (told) { if (told.state === "judging") setTimeout(look, 1000); else location.reload(); })
      .catch(function () { setTimeout(look, 4000); });
  }
  if (watched) setTimeout(look, 800);

  var form = document.querySelector("[data-upload-limit]");
  if (!form) return;
  var said = form.querySelector("[data-upload-error]"), limit = Number(form.dataset.uploadLimit);
  form.addEventListener("submit", function (event) {
    var size = 0;
    form.querySelectorAll("input[type=file]").forEach(function (input) {
      Array.prototype.forEach.call(input.files, function (file) { size += file.size; });
    });
    if (limit && size > limit * 1048576 - 65536) {
      event.preventDefault();
      said.textContent = "L’envoi dépasse " + limit + " Mo : compressez le fichier (.gz) ou partagez-le.";
      said.hidden = false;
      form.querySelector("input[type=file]").focus();
    }
  });
})();
