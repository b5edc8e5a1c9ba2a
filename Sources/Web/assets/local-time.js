// <time datetime="…">: shows how long ago it was; the absolute times, local and UTC, on hover.
const chinese = document.documentElement.lang.startsWith("zh");
const relative = new Intl.RelativeTimeFormat(chinese ? "zh" : "en", { numeric: "auto", style: "short" });
const units = [["day", 86400], ["hour", 3600], ["minute", 60], ["second", 1]];

export function relativeText(seconds) {
  const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? units[3];
  return relative.format(Math.trunc(seconds / size), unit);
}

/** Every time below `root`, once it has its absolute text from the server. */
export function showRelativeTimes(root) {
  for (const element of root.querySelectorAll("time[datetime]")) {
    const at = new Date(element.dateTime);
    if (Number.isNaN(at.getTime())) continue;
    const seconds = (at - Date.now()) / 1000;
    element.title ||= `${at.toLocaleString()} · ${element.textContent}`;
    if (Math.abs(seconds) < 7 * 86400) element.textContent = relativeText(seconds);
  }
}

showRelativeTimes(document);
