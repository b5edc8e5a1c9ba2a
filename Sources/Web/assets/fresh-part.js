// Asks for a page again and takes one part out of it. Owns the only Trusted Types policy: the text
// comes from our own server, and nothing in it runs.
const policy = globalThis.trustedTypes?.createPolicy("portal", { createHTML: (text) => text });

/** @returns {Promise<Element | null>} the part with that id; null when the page is not to be had. */
export async function freshPart(id) {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (!answer.ok || answer.redirected) return null;
    const text = await answer.text();
    const page = new DOMParser().parseFromString(policy ? policy.createHTML(text) : text, "text/html");
    const part = page.getElementById(id);
    return part && document.importNode(part, true);
  } catch {
    // Offline for a moment.
    return null;
  }
}
