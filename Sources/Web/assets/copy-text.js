// <copy-text>…<code>text</code>…</copy-text>: adds a button that takes the text along. Where the
// clipboard is missing (plain HTTP on another host), it selects the text instead.
class CopyText extends HTMLElement {
  connectedCallback() {
    if (this.querySelector("button")) return;
    const chinese = document.documentElement.lang.startsWith("zh");
    this.words = chinese ? ["复制", "已复制", "已选中"] : ["Copy", "Copied", "Selected"];
    this.button = document.createElement("button");
    this.button.type = "button";
    this.button.textContent = this.words[0];
    const code = this.querySelector("code");
    const name = this.querySelector("pre")?.getAttribute("aria-label") ?? code.textContent;
    this.button.setAttribute("aria-label", `${this.words[0]}: ${name}`);
    this.button.addEventListener("click", this);
    this.append(this.button);
    this.classList.add("has-button");
  }

  disconnectedCallback() {
    clearTimeout(this.timer);
    this.button?.removeEventListener("click", this);
    this.button?.remove();
  }

  async handleEvent() {
    const code = this.querySelector("code");
    let done = this.words[1];
    try {
      await navigator.clipboard.writeText(code.textContent);
    } catch {
      getSelection().selectAllChildren(code);
      done = this.words[2];
    }
    this.button.textContent = done;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => { this.button.textContent = this.words[0]; }, 2000);
  }
}

customElements.define("copy-text", CopyText);
