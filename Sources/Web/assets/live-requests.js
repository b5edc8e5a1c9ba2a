// <live-requests data-list="calls" data-stream="/s/…/stream"><div class="live-bar">…</div>…</live-requests>:
// keeps the list of calls equal to the server's newest page, filter and all, so it never grows beyond
// that page. The stream only says that there is something new. While the pointer, the focus or a
// selection is in the list, or its top is out of sight, nothing moves: new calls are counted on a
// button. What arrives is announced in batches (role="status").
import { freshPart } from "./fresh-part.js";
import { showRelativeTimes } from "./local-time.js";
import { follow } from "./shared-stream.js";

const LOOK_MS = 1_000;
const ANNOUNCE_MS = 3_000;
const POLL_MS = 5_000;
const chinese = document.documentElement.lang.startsWith("zh");
const WORDS = chinese
  ? { pause: "暂停", resume: "继续", connecting: "正在连接…", live: "实时", paused: "已暂停",
      reconnecting: "正在重新连接…", off: "每 5 秒更新", fresh: (count) => `${count} 个新调用` }
  : { pause: "Pause", resume: "Resume", connecting: "Connecting…", live: "Live", paused: "Paused",
      reconnecting: "Reconnecting…", off: "Updated every 5 seconds",
      fresh: (count) => `${count} new ${count === 1 ? "call" : "calls"}` };

const rowsOf = (list) => [...list.querySelectorAll("tr[data-call]")];

class LiveRequests extends HTMLElement {
  connectedCallback() {
    this.ending = new AbortController();
    const options = { signal: this.ending.signal };
    this.list = document.getElementById(this.dataset.list);
    this.arrived = 0;
    this.makeBar(options);
    // The focus has moved on only behind the event.
    const settleSoon = () => setTimeout(() => this.settle());
    for (const part of [this.list, this.pill]) {
      part.addEventListener("pointerleave", settleSoon, options);
      part.addEventListener("focusout", settleSoon, options);
    }
    document.addEventListener("visibilitychange", () => this.work(), options);
    addEventListener("pagehide", () => this.stop(), options);
    addEventListener("pageshow", (event) => event.persisted && !this.isPaused && this.start(), options);
    this.start();
  }

  disconnectedCallback() {
    this.stop();
    clearTimeout(this.voiceTimer);
    this.ending.abort();
  }

  makeBar(options) {
    const make = (name, more) => Object.assign(document.createElement(name), more);
    this.toggle = make("button", { type: "button", className: "live-toggle" });
    this.state = make("span", { className: "live-state", role: "status" });
    this.pill = make("button", { type: "button", className: "live-new", hidden: true });
    this.voice = make("span", { className: "visually-hidden", role: "status" });
    this.toggle.addEventListener("click", () => (this.isPaused ? this.start() : this.pause()), options);
    this.pill.addEventListener("click", (event) => this.showNew(event), options);
    this.querySelector(".live-bar").replaceChildren(this.toggle, this.state, this.pill, this.voice);
  }

  // Following

  start() {
    this.stop();
    this.isPaused = false;
    this.toggle.textContent = WORDS.pause;
    this.enter("connecting");
    this.unfollow = follow(this.dataset.stream, (news) => {
      if (news !== "request") this.enter(news);
      // A stream that has come back may have missed calls.
      if (news === "request" || news === "live") this.ask();
    });
  }

  stop() {
    this.unfollow?.();
    this.unfollow = null;
    clearInterval(this.poll);
  }

  pause() {
    this.stop();
    this.isPaused = true;
    this.toggle.textContent = WORDS.resume;
    this.enter("paused");
  }

  enter(state) {
    this.state.dataset.state = state;
    if (this.state.textContent !== WORDS[state]) this.state.textContent = WORDS[state];
    clearInterval(this.poll);
    if (state === "off") this.poll = setInterval(() => this.ask(), POLL_MS);
  }

  // Looking

  ask() {
    this.isAsked = true;
    this.work();
  }

  /** Looks as often as it is asked to, but not more than once a second, and not where nobody sees it. */
  async work() {
    if (this.isWorking) return;
    this.isWorking = true;
    while (this.isAsked && this.unfollow && !document.hidden) {
      this.isAsked = false;
      await this.look();
      await new Promise((done) => setTimeout(done, LOOK_MS));
    }
    this.isWorking = false;
  }

  async look() {
    const fresh = await freshPart(this.list.id);
    if (!fresh || !this.unfollow) return;
    const known = new Set(rowsOf(this.fresh ?? this.list).map((row) => row.dataset.call));
    this.arrived += rowsOf(fresh).filter((row) => !known.has(row.dataset.call)).length;
    this.fresh = fresh;
    this.announce();
    this.settle();
  }

  announce() {
    if (this.voiceTimer || !this.arrived) return;
    this.voiceTimer = setTimeout(() => {
      this.voiceTimer = null;
      this.voice.textContent = WORDS.fresh(this.arrived);
      this.arrived = 0;
    }, ANNOUNCE_MS);
  }

  // Showing

  /** Whether somebody is at work in the list, is at its button, or could not see its rows move. */
  get isHeld() {
    const selection = getSelection();
    return this.list.matches(":hover") || this.pill.matches(":hover, :focus")
      || this.list.contains(document.activeElement)
      || (!selection.isCollapsed && selection.containsNode(this.list, true))
      || this.getBoundingClientRect().top < 0;
  }

  settle() {
    if (!this.fresh || !this.isConnected) return;
    if (!this.isHeld) return this.apply();
    const shown = new Set(rowsOf(this.list).map((row) => row.dataset.call));
    const rows = rowsOf(this.fresh);
    const count = rows.filter((row) => !shown.has(row.dataset.call)).length;
    this.pill.hidden = count === 0;
    // Where no row is known any more, there were more between than the page holds.
    this.pill.textContent = WORDS.fresh(count === rows.length && shown.size ? `${count}+` : count);
  }

  /** Rows that stay keep their elements. */
  apply() {
    const [body, freshBody] = [this.list, this.fresh].map((list) => list.querySelector("tbody"));
    if (body && freshBody) {
      const kept = new Map(rowsOf(body).map((row) => [row.dataset.call, row]));
      body.replaceChildren(...rowsOf(freshBody).map((row) => kept.get(row.dataset.call) ?? row));
      this.list.querySelector(".pager")?.remove();
      const pager = this.fresh.querySelector(".pager");
      if (pager) this.list.append(pager);
    } else {
      this.list.replaceChildren(...this.fresh.childNodes);
    }
    showRelativeTimes(this.list);
    this.fresh = null;
    this.pill.hidden = true;
  }

  showNew(event) {
    if (this.fresh) this.apply();
    // By keyboard: the button is gone, the reader goes on in the list.
    if (event.detail === 0) this.list.querySelector("tbody a")?.focus();
  }
}

customElements.define("live-requests", LiveRequests);
