// Single letters as a way around the portal; `?` lists them. They never fire in fields or with a
// modifier, and can be switched off for this browser (WCAG 2.1.4). <key-help> in the footer is the
// button that opens the list, so that switching them on again needs no key.
//
// What a key does on a page is told by the page: `data-key` names the element that it presses, or
// goes to where it is a field.
const STORE = "sbx.keys";
const chinese = document.documentElement.lang.startsWith("zh");
const WORDS = chinese
  ? { title: "键盘快捷键", use: "使用单字母快捷键", close: "关闭" }
  : { title: "Keys", use: "Use single-letter keys", close: "Close" };
const KEYS = [
  ["⌘K · Ctrl K", "Find anything", "查找"],
  ["/", "Go to the filter", "转到筛选"],
  ["j  k", "Next and previous row", "下一行与上一行"],
  ["Enter", "Open the row", "打开该行"],
  ["c", "Copy the call as cURL", "复制 cURL 命令"],
  ["t", "Try it", "试一试"],
  ["r", "Replay: run again", "重新运行"],
  ["[  ]", "Previous and next part of the list", "列表的上一页与下一页"],
  ["⌘ Enter · Ctrl Enter", "Send the form", "发送表单"],
  ["?", "This list", "显示此列表"],
];

/** Whether typing goes into it. */
export function takesText(element) {
  return Boolean(element?.closest?.("input, textarea, select, [contenteditable], dialog"));
}

function isOn() {
  try {
    return localStorage.getItem(STORE) !== "off";
  } catch {
    // Storage is refused: nothing was switched off.
    return true;
  }
}

function setOn(on) {
  try {
    localStorage.setItem(STORE, on ? "on" : "off");
  } catch {
    // For this page only, then.
  }
}

const main = () => document.getElementById("main");

/** The first link of each row, in order. */
const rowLinks = () => [...main().querySelectorAll("tbody tr, ul.rows > li")]
  .filter((row) => row.checkVisibility?.() ?? true).map((row) => row.querySelector("a[href]")).filter(Boolean);

function step(by) {
  const links = rowLinks();
  if (!links.length) return;
  const at = links.findIndex((link) => link.closest("tr, li").contains(document.activeElement));
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : at + by;
  links[Math.min(Math.max(next, 0), links.length - 1)].focus();
}

/** Presses what the page has named for the key, or goes to it. */
function press(key) {
  const target = main().querySelector(`[data-key="${key}"]`);
  if (!target) return;
  if (target.matches("summary")) {
    target.parentElement.open = true;
    return target.focus();
  }
  for (let box = target.closest("details"); box; box = box.parentElement.closest("details")) {
    box.open = true;
  }
  if (target.matches("input, textarea, select")) return target.focus();
  const button = target.querySelector("button");
  (button ?? target).focus();
  (button ?? target).click();
}

const ACTIONS = {
  "/": () => main().querySelector("[role=search] input:not([type=hidden])")?.focus(),
  j: () => step(1),
  k: () => step(-1),
  c: () => press("c"),
  t: () => press("t"),
  r: () => press("r"),
  "[": () => main().querySelector("a[rel=prev]")?.click(),
  "]": () => main().querySelector("a[rel=next]")?.click(),
  "?": () => document.querySelector("key-help")?.open(),
};

document.addEventListener("keydown", (event) => {
  if (event.defaultPrevented || event.isComposing) return;
  if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) {
    const form = event.target.closest?.("form");
    if (!form) return;
    event.preventDefault();
    return form.requestSubmit();
  }
  if (event.metaKey || event.ctrlKey || event.altKey || !isOn() || takesText(event.target)) return;
  const action = Object.hasOwn(ACTIONS, event.key) && ACTIONS[event.key];
  if (!action || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  action();
});

class KeyHelp extends HTMLElement {
  connectedCallback() {
    if (this.button) return;
    this.button = this.make("button", { type: "button", className: "quiet", textContent: WORDS.title });
    this.button.addEventListener("click", () => this.open());
    this.append(this.button);
  }

  make(name, more) {
    return Object.assign(document.createElement(name), more);
  }

  open() {
    this.dialog ??= this.build();
    if (!this.dialog.open) this.dialog.showModal();
  }

  build() {
    const dialog = this.make("dialog", { className: "finder key-list" });
    const title = this.make("h2", { id: "key-list-title", textContent: WORDS.title });
    dialog.setAttribute("aria-labelledby", title.id);
    const list = this.make("dl", { className: "facts-list" });
    for (const [keys, english, hanzi] of KEYS) {
      const line = this.make("div");
      const name = this.make("dt");
      name.append(this.make("kbd", { textContent: keys }));
      line.append(name, this.make("dd", { textContent: chinese ? hanzi : english }));
      list.append(line);
    }
    const label = this.make("label");
    const box = this.make("input", { type: "checkbox", checked: isOn() });
    box.addEventListener("change", () => setOn(box.checked));
    label.append(box, ` ${WORDS.use}`);
    const close = this.make("button", { type: "button", textContent: WORDS.close });
    close.addEventListener("click", () => dialog.close());
    dialog.append(title, list, label, close);
    dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
    this.append(dialog);
    return dialog;
  }
}

customElements.define("key-help", KeyHelp);
