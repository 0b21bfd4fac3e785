// Keys of the review page. Everything works without this script; it only saves the mouse.
"use strict";
(() => {
  const bench = document.getElementById("bench");
  const approve = document.getElementById("approve");
  const no = document.getElementById("no");
  const notApproved = document.getElementById("not-approved");
  const note = document.getElementById("note");
  let sent = false;

  const send = (form) => {
    if (form && !sent) form.requestSubmit();
  };
  for (const form of [approve, notApproved]) {
    if (!form) continue;
    form.addEventListener("submit", (event) => {
      const nothingChosen = form === notApproved && !form.querySelector("input[name=reason]:checked");
      if (sent || nothingChosen) {
        event.preventDefault();
        return;
      }
      sent = true;
      document.body.classList.add("sent");
    });
  }
  // coming back through the browser's history, a verdict may be sent again: the service knows it by its id
  addEventListener("pageshow", () => { sent = false; document.body.classList.remove("sent"); });

  const choose = (key) => {
    const box = notApproved && notApproved.querySelector(`input[data-key="${key}"]`);
    if (!box || !no.open) return false;
    box.checked = !box.checked;
    box.closest("label").scrollIntoView({ block: "nearest" });
    return true;
  };

  // the capture at the photo's own scale beside it, to be moved about; once more shows it whole again
  const sameSize = () => {
    const figure = bench.querySelector(".capture");
    const view = figure.querySelector(".window");
    const capture = view.querySelector("img");
    const photo = bench.querySelector(".photo img");
    if (!bench.classList.toggle("same-size")) {
      for (const element of [view, capture]) element.removeAttribute("style");
      return;
    }
    const scale = Number(figure.dataset.scale) * photo.clientHeight / 640;
    view.style.height = `${photo.clientHeight}px`;
    capture.style.width = `${capture.naturalWidth * scale}px`;
    view.scrollLeft = (view.scrollWidth - view.clientWidth) / 2;
    view.scrollTop = (view.scrollHeight - view.clientHeight) / 2;
  };

  const go = (path) => { if (path) location.assign(path); };

  addEventListener("keydown", (event) => {
    if (event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
    if (document.activeElement === note) {
      if (key === "Escape") note.blur();
      return;
    }
    if (/^[0-9QWER]$/.test(key) && choose(key)) return event.preventDefault();
    switch (key) {
      case "A": if (!no || !no.open) send(approve); break;
      case "N": if (no) { no.open = true; no.scrollIntoView({ block: "nearest" }); } break;
      case "Enter": if (no && no.open) { event.preventDefault(); send(notApproved); } break;
      case "Escape": if (no) no.open = false; break;
      case "J": go(bench.dataset.next); break;
      case "K": go(bench.dataset.previous); break;
      case "B": sameSize(); break;
      default: return;
    }
    if (key === "N" || key === "B") event.preventDefault();
  });

  // the next pictures are fetched while this one is looked at
  addEventListener("load", () => {
    if (!bench.dataset.next) return;
    for (const part of ["photo", "capture"]) new Image().src = `${bench.dataset.next}/${part}`;
  });
})();
