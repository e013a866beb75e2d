"use strict";
document.documentElement.classList.add("js");
const tip = document.getElementById("tip");

function show(text, event) {
  tip.hidden = !text;
  if (!text) return;
  tip.textContent = text;
  tip.style.left = Math.min(event.clientX + 14, innerWidth - tip.offsetWidth - 8) + "px";
  tip.style.top = Math.min(event.clientY + 14, innerHeight - tip.offsetHeight - 8) + "px";
}

function place(svg, event) {
  return new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
}

// The last description whose first cell is not behind the cell.
function described(tips, cell) {
  let low = 0, high = tips.length / 2;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (tips[middle * 2] <= cell) low = middle + 1; else high = middle;
  }
  return low ? tips[low * 2 - 1] : "";
}

function cellTip(image, svg, event) {
  const at = place(svg, event), box = image.getBBox();
  const columns = +image.dataset.columns, rows = +image.dataset.rows;
  const column = Math.floor((at.x - box.x) / box.width * columns), row = Math.floor((at.y - box.y) / box.height * rows);
  image.tips ??= JSON.parse(image.dataset.tips);
  return described(image.tips, row * columns + column);
}

for (const card of document.querySelectorAll(".zoom")) {
  const svg = card.querySelector("svg"), whole = svg.viewBox.baseVal;
  const all = { x: whole.x, y: whole.y, width: whole.width, height: whole.height };
  let view = { ...all }, held = null;

  const draw = next => {
    const width = Math.min(all.width, Math.max(all.width / 200, next.width)), height = width * all.height / all.width;
    view = {
      x: Math.min(Math.max(next.x, all.x), all.x + all.width - width),
      y: Math.min(Math.max(next.y, all.y), all.y + all.height - height),
      width, height,
    };
    svg.setAttribute("viewBox", `${view.x} ${view.y} ${view.width} ${view.height}`);
  };
  const zoom = (factor, x, y) => draw({
    x: x - (x - view.x) * factor, y: y - (y - view.y) * factor, width: view.width * factor, height: view.height * factor,
  });

  svg.addEventListener("wheel", event => {
    if (!event.ctrlKey && view.width === all.width && event.deltaY > 0) return;
    event.preventDefault();
    const at = place(svg, event);
    zoom(event.deltaY > 0 ? 1.25 : 0.8, at.x, at.y);
  }, { passive: false });
  svg.addEventListener("pointerdown", event => { held = place(svg, event); svg.setPointerCapture(event.pointerId); });
  svg.addEventListener("pointerup", () => { held = null; });
  svg.addEventListener("pointermove", event => {
    if (held) {
      const at = place(svg, event);
      draw({ ...view, x: view.x + held.x - at.x, y: view.y + held.y - at.y });
    } else {
      const shape = document.elementFromPoint(event.clientX, event.clientY);
      show(shape?.tagName === "image" ? cellTip(shape, svg, event) : shape?.querySelector?.(":scope > title")?.textContent, event);
    }
  });
  svg.addEventListener("pointerleave", () => show(""));
  svg.addEventListener("dblclick", () => draw(all));
  card.addEventListener("keydown", event => {
    const step = view.width / 8, x = view.x + view.width / 2, y = view.y + view.height / 2;
    switch (event.key) {
      case "+": case "=": zoom(0.8, x, y); break;
      case "-": zoom(1.25, x, y); break;
      case "0": draw(all); break;
      case "ArrowLeft": draw({ ...view, x: view.x - step }); break;
      case "ArrowRight": draw({ ...view, x: view.x + step }); break;
      case "ArrowUp": draw({ ...view, y: view.y - step }); break;
      case "ArrowDown": draw({ ...view, y: view.y + step }); break;
      default: return;
    }
    event.preventDefault();
  });
}
