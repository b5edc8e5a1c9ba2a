// <live-run data-status="running">: asks for the page again until the run has ended, and puts the new
// steps in place of the old.
import { freshPart } from "./fresh-part.js";

class LiveRun extends HTMLElement {
  connectedCallback() {
    if (this.dataset.status === "running") this.timer = setTimeout(() => this.refresh(), 700);
  }

  disconnectedCallback() { clearTimeout(this.timer); }

  async refresh() {
    const fresh = await freshPart(this.id);
    if (fresh) return this.replaceWith(fresh);
    this.timer = setTimeout(() => this.refresh(), 2000);
  }
}

customElements.define("live-run", LiveRun);
