// Small comforts; every page works without them.
"use strict";
(() => {
  // The time slider shows its year while it moves and goes there when let go.
  for (const range of document.querySelectorAll("input[type=range][data-go]")) {
    const out = document.querySelector(`output[for="${range.id}"]`);
    range.addEventListener("input", () => { if (out) out.value = range.value; });
    range.addEventListener("change", () => range.form.submit());
  }
  // A link to a figure is copied when pressed, and still leads there.
  for (const link of document.querySelectorAll("a.here")) {
    link.addEventListener("click", () => {
      if (navigator.clipboard) {
        navigator.clipboard.writeText(link.href).then(() => { link.textContent = "Link copied"; }, () => {});
      }
    });
  }
  // Choices take effect at once.
  for (const select of document.querySelectorAll("select[data-go]")) {
    select.addEventListener("change", () => select.form.submit());
  }
  // A waiting page asks its twin now and then, and turns when there is an answer.
  const waiting = document.querySelector("a[data-await]");
  if (waiting) {
    setInterval(async () => {
      const answer = await fetch(waiting.dataset.await).then((got) => got.json(), () => null);
      if (answer && answer.state !== "being computed") location.reload();
      const list = document.querySelector(".progress");
      if (answer?.progress && list) {
        list.replaceChildren(...answer.progress.map((line) => Object.assign(document.createElement("li"), { textContent: line })));
      }
    }, 1000 * Number(waiting.dataset.every || 4));
  }
  // On a narrow screen the menu shows where one is.
  const here = document.querySelector(".menu a[aria-current]");
  if (here) here.closest("ul").scrollLeft = here.offsetLeft - 40;
  // Tables sort by the column whose head is pressed.
  const value = (row, place) => {
    const text = (row.cells[place]?.textContent ?? "").trim().replace("−", "-");
    const number = parseFloat(text);
    return Number.isNaN(number) ? text.toLowerCase() : number;
  };
  const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));
  for (const table of document.querySelectorAll("table")) {
    if (table.tBodies.length !== 1 || table.tBodies[0].rows.length < 4 || table.querySelector(".strong")) continue;
    [...table.tHead.rows[0].cells].forEach((head, place) => {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "sort";
      button.textContent = head.textContent;
      head.replaceChildren(button);
      button.addEventListener("click", () => {
        const down = head.getAttribute("aria-sort") === "ascending";
        for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", down ? "descending" : "ascending");
        const rows = [...table.tBodies[0].rows].sort((a, b) => compare(value(a, place), value(b, place)));
        table.tBodies[0].append(...(down ? rows.reverse() : rows));
      });
    });
  }
})();
