// Suggestions under the search field while one types. The form is whole without this file.

const WAIT = 160;
const PLACE = "__CODE__";

for (const form of document.querySelectorAll("form.search[data-suggest]")) begin(form);

function begin(form) {
  const field = form.querySelector('input[name="q"]');
  const words = JSON.parse(form.dataset.words);
  const kinds = JSON.parse(form.dataset.kinds);
  const pages = JSON.parse(form.dataset.pages);
  const list = document.createElement("ul");
  const news = document.createElement("p");
  let shown = [];
  let chosen = -1;
  let timer = 0;
  let asking = null;

  list.id = `${field.id}-suggestions`;
  list.className = "suggestions";
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", words.list);
  news.className = "unseen";
  news.setAttribute("role", "status");
  form.append(list, news);
  for (const [name, value] of [
    ["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id],
  ]) field.setAttribute(name, value);

  function close() {
    list.hidden = true;
    list.replaceChildren();
    shown = [];
    choose(-1);
    field.setAttribute("aria-expanded", "false");
  }

  function stop() {
    clearTimeout(timer);
    asking?.abort();
    asking = null;
  }

  function choose(place) {
    chosen = place;
    for (const [index, item] of [...list.children].entries()) {
      item.setAttribute("aria-selected", String(index === place));
      if (index === place) item.scrollIntoView({ block: "nearest" });
    }
    if (place < 0) field.removeAttribute("aria-activedescendant");
    else field.setAttribute("aria-activedescendant", list.children[place].id);
  }

  function address(one) {
    const pattern = pages[one.kind];
    return pattern
      ? pattern.replace(PLACE, encodeURIComponent(one.code))
      : form.dataset.search.replace(PLACE, encodeURIComponent(one.titre));
  }

  function show(found) {
    close();
    shown = found;
    list.replaceChildren(...found.map((one, place) => {
      const item = document.createElement("li");
      const title = document.createElement("bdi");
      const kind = document.createElement("small");
      item.id = `${list.id}-${place}`;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      title.textContent = one.titre;
      title.lang = "fr";
      kind.textContent = kinds[one.kind] ?? "";
      item.append(title, kind);
      item.addEventListener("mousedown", (event) => event.preventDefault());
      item.addEventListener("click", () => location.assign(address(one)));
      return item;
    }));
    list.hidden = found.length === 0;
    field.setAttribute("aria-expanded", String(found.length > 0));
    news.textContent = found.length ? words.count.replace("%(n)s", found.length) : words.none;
  }

  async function ask() {
    const text = field.value.trim();
    stop();
    if (text.length < 2) {
      close();
      news.textContent = "";
      return;
    }
    asking = new AbortController();
    const url = new URL(form.dataset.suggest, location.origin);
    url.searchParams.set("q", text);
    url.searchParams.set("limit", "8");
    try {
      const answer = await fetch(url, { signal: asking.signal });
      if (answer.ok) show((await answer.json()).suggestions);
      else close();
    } catch (error) {
      if (error.name !== "AbortError") close();
    }
  }

  field.addEventListener("input", () => {
    stop();
    timer = setTimeout(ask, WAIT);
  });
  field.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      stop();
      close();
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(address(shown[chosen]));
    } else if ((event.key === "ArrowDown" || event.key === "ArrowUp") && shown.length) {
      event.preventDefault();
      const count = shown.length + 1;
      const step = event.key === "ArrowDown" ? 1 : -1;
      choose(((chosen + 1 + step + count) % count) - 1);
    } else if (event.key === "ArrowDown") {
      ask();
    }
  });
  field.addEventListener("blur", () => {
    stop();
    close();
  });
  form.addEventListener("submit", stop);
}
