// <find-anything><a href="/s/…/find">…</a></find-anything>: the page behind the link, in a dialog over
// the page at hand. ⌘K or Ctrl-K opens it, arrows walk through what was found, Enter goes there.
import { freshPart } from "./fresh-part.js";

const REST_MS = 120;
const chinese = document.documentElement.lang.startsWith("zh");
const LABEL = chinese ? "名称或标识" : "Name or id";

class FindAnything extends HTMLElement {
  connectedCallback() {
    this.link = this.querySelector("a");
    this.link.addEventListener("click", (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey || event.button) return;
      event.preventDefault();
      this.open();
    });
    this.onKey = (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.metaKey || event.ctrlKey) || event.altKey) return;
      event.preventDefault();
      this.open();
    };
    document.addEventListener("keydown", this.onKey);
  }

  disconnectedCallback() {
    document.removeEventListener("keydown", this.onKey);
  }

  open() {
    this.dialog ??= this.make();
    if (this.dialog.open) return;
    this.dialog.showModal();
    this.field.select();
    this.look();
  }

  make() {
    const make = (name, more) => Object.assign(document.createElement(name), more);
    const dialog = make("dialog", { className: "finder" });
    dialog.setAttribute("aria-label", this.link.textContent.trim());
    this.field = make("input", { type: "search", maxLength: 100, autocomplete: "off", spellcheck: false });
    this.field.setAttribute("aria-label", LABEL);
    this.count = make("span", { className: "visually-hidden", role: "status" });
    this.results = make("div", { className: "found" });
    dialog.append(this.field, this.count, this.results);
    this.field.addEventListener("input", () => {
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.look(), REST_MS);
    });
    dialog.addEventListener("keydown", (event) => this.walk(event));
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    this.append(dialog);
    return dialog;
  }

  async look() {
    const text = this.field.value;
    const address = `${this.link.getAttribute("href")}?q=${encodeURIComponent(text)}`;
    const part = await freshPart("found", address);
    // Somebody has gone on typing meanwhile.
    if (!part || text !== this.field.value) return;
    this.results.replaceChildren(...part.childNodes);
    const found = this.links().length;
    this.count.textContent = chinese ? `${found} 项` : `${found} found`;
    this.dispatchEvent(new Event("found"));
  }

  links() {
    return [...this.results.querySelectorAll("a")];
  }

  walk(event) {
    const links = this.links();
    const place = links.indexOf(document.activeElement);
    if (event.key === "Enter" && document.activeElement === this.field) {
      event.preventDefault();
      links[0]?.click();
    } else if (event.key === "ArrowDown" && links.length) {
      event.preventDefault();
      links[Math.min(place + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && place >= 0) {
      event.preventDefault();
      (links[place - 1] ?? this.field).focus();
    }
  }
}

customElements.define("find-anything", FindAnything);
