// <live-run data-status="running">: asks for the page again until the run has ended, and puts the new
// steps in place of the old. Owns the only Trusted Types policy: the text comes from our own server.
const policy = globalThis.trustedTypes?.createPolicy("portal", { createHTML: (text) => text });

class LiveRun extends HTMLElement {
  connectedCallback() {
    if (this.dataset.status === "running") this.timer = setTimeout(() => this.refresh(), 700);
  }

  disconnectedCallback() { clearTimeout(this.timer); }

  async refresh() {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      const text = await answer.text();
      const page = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
      const fresh = page.getElementById(this.id);
      if (answer.ok && fresh) return this.replaceWith(document.importNode(fresh, true));
    } catch {
      // Offline for a moment: the next turn asks again.
    }
    this.timer = setTimeout(() => this.refresh(), 2000);
  }
}

customElements.define("live-run", LiveRun);
