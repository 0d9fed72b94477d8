/* Edits a value where it stands: what is typed goes to the current draft, never to what is published.
   Without this script a cell is a link to the form of its entry. */
(function () {
  "use strict";
  var table = document.querySelector("table[data-post]");
  if (!table) return;
  var token = document.querySelector('meta[name="csrf-token"]').content;
  var said = document.getElementById("cellules-dit");
  var counted = document.getElementById("cellules-compte");
  var effect = document.getElementById("effet");
  var serial = 0;

  table.querySelectorAll("a.cell").forEach(function (link) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "cell";
    Object.assign(button.dataset, link.dataset);
    while (link.firstChild) button.appendChild(link.firstChild);
    link.replaceWith(button);
  });

  table.addEventListener("click", function (event) {
    var button = event.target.closest("button.cell");
    if (button) open(button);
  });

  table.addEventListener("keydown", function (event) {
    var button = event.target.closest("button.cell");
    if (button && !event.altKey && !event.ctrlKey && !event.metaKey) move(event, button);
  });

  /* Arrows go from cell to cell, as in a spreadsheet. */
  function move(event, button) {
    var here = button.closest("td"), row = here.parentElement, next = null;
    if (event.key === "ArrowRight") next = along(here, "nextElementSibling");
    else if (event.key === "ArrowLeft") next = along(here, "previousElementSibling");
    else if (event.key === "ArrowDown") next = across(row, "nextElementSibling", here.cellIndex);
    else if (event.key === "ArrowUp") next = across(row, "previousElementSibling", here.cellIndex);
    if (!next) return;
    event.preventDefault();
    next.focus();
  }

  function along(place, step) {
    for (var found = place[step]; found; found = found[step]) {
      var button = found.querySelector("button.cell");
      if (button) return button;
    }
    return null;
  }

  function across(row, step, index) {
    for (var found = row[step]; found; found = found[step]) {
      var button = found.cells[index] && found.cells[index].querySelector("button.cell");
      if (button) return button;
    }
    return null;
  }

  function open(button) {
    var field = button.dataset.field;
    var form = document.createElement("form");
    var choices = document.querySelector('template[data-choices="' + field + '"]');
    var input = choices ? choices.content.firstElementChild.cloneNode(true) : document.createElement("input");
    var error = document.createElement("span"), reason = null;
    form.className = "cell-form";
    form.noValidate = true;
    input.value = button.dataset.value;
    input.setAttribute("aria-label", button.querySelector(".sr").textContent.replace(/\s*:\s*$/, ""));
    input.autocomplete = "off";
    error.className = "error";
    error.id = "cellule-erreur-" + (serial += 1);
    error.setAttribute("role", "alert");
    form.append(input, error);
    if (choices) form.append(keep());
    button.hidden = true;
    button.after(form);
    input.focus();
    if (input.select) input.select();

    function close() {
      form.remove();
      button.hidden = false;
      button.focus();
    }
    function refuse(problem) {
      if (problem.needs === "reason" && !reason) {
        reason = ask();
        error.before(reason);
        if (!choices) form.append(keep());
      }
      var wrong = problem.needs === "reason" ? reason : input;
      form.removeAttribute("aria-busy");
      error.textContent = problem.message;
      [input, reason].forEach(function (field) {
        if (field && field !== wrong) field.removeAttribute("aria-invalid");
      });
      wrong.setAttribute("aria-invalid", "true");
      wrong.setAttribute("aria-describedby", error.id);
      wrong.focus();
    }
    form.addEventListener("keydown", function (event) {
      event.stopPropagation();
      if (event.key === "Escape") { event.preventDefault(); close(); }
      if (event.key === "Enter" && input.tagName === "SELECT" && event.target === input) { event.preventDefault(); form.requestSubmit(); }
    });
    form.addEventListener("focusout", function (event) {
      var goes = event.relatedTarget;
      if (goes && !form.contains(goes) && input.value === button.dataset.value && !form.hasAttribute("aria-busy")) {
        form.remove();
        button.hidden = false;
      }
    });
    form.addEventListener("submit", function (event) {
      event.preventDefault();
      if (form.hasAttribute("aria-busy")) return;
      if (input.value === button.dataset.value) { close(); return; }
      form.setAttribute("aria-busy", "true");
      send(button, input.value, reason ? reason.value : undefined).then(function (answer) {
        show(button, answer, input);
        close();
      }, refuse);
    });
  }

  /* A day that is past is not written over without a reason; the server says when it needs one. */
  function ask() {
    var reason = document.createElement("input");
    reason.placeholder = "Motif";
    reason.autocomplete = "off";
    reason.setAttribute("aria-label", "Motif de la correction du passé");
    return reason;
  }

  function keep() {
    var button = document.createElement("button");
    button.className = "btn btn-quiet";
    button.textContent = "Enregistrer";
    return button;
  }

  /* What a cell expects holds for the day of effect with which the page came, and for no other. */
  function isAsShown() {
    return !effect || effect.value === effect.defaultValue;
  }

  function send(button, value, reason) {
    var body = {
      kind: table.dataset.kind,
      code: button.closest("tr").dataset.code,
      field: button.dataset.field,
      value: value,
      expected: isAsShown() ? button.dataset.expected : undefined,
      reason: reason,
      from: effect ? effect.value : ""
    };
    return fetch(table.dataset.post, {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json", "Accept": "application/json", "X-CSRFToken": token },
      body: JSON.stringify(body)
    }).then(function (response) {
      return response.json().catch(function () { return {}; }).then(function (answer) {
        if (response.ok) return answer;
        var problem = new Error(answer.message || "Le serveur n’a pas répondu comme attendu (" + response.status + ").");
        problem.needs = answer.needs;
        throw problem;
      });
    }, function () { throw new Error("Le serveur ne répond pas. Rien n’a été enregistré."); });
  }

  function show(button, answer, input) {
    var label = button.querySelector(".sr"), published = button.dataset.published;
    button.dataset.value = input.value;
    if (isAsShown()) button.dataset.expected = input.value;
    button.replaceChildren(label);
    if (published === answer.new) {
      button.append(answer.new || "—");
    } else {
      button.append(mark("del", "old", "publié : ", published || "vide"), " ", mark("ins", "new", "au brouillon : ", answer.new || "vide"));
      if (effect && effect.value > table.dataset.day) button.append(note("à partir du " + french(effect.value)));
    }
    if (answer.until) button.append(note("jusqu’au " + french(answer.until) + ", où une autre valeur est déjà prévue"));
    var number = answer.staged === 1 ? "1 modification au brouillon." : answer.staged + " modifications au brouillon.";
    if (counted && answer.staged !== undefined) counted.textContent = number;
    if (said) said.textContent = (answer.old || "vide") + " devient " + (answer.new || "vide") + ". " + number;
  }

  function french(day) {
    return day.split("-").reverse().join("/");
  }

  function note(text) {
    var element = document.createElement("small");
    element.textContent = text;
    return element;
  }

  function mark(tag, name, spoken, text) {
    var element = document.createElement(tag), hidden = document.createElement("span");
    element.className = name;
    hidden.className = "sr";
    hidden.textContent = spoken;
    element.append(hidden, text);
    return element;
  }
})();
