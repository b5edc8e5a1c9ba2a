// Asks for a page and takes one part out of it. Owns the only Trusted Types policy: the text
// comes from our own server, and nothing in it runs.
const policy = globalThis.trustedTypes?.createPolicy("portal", { createHTML: (text) => text });

/**
 * @param {string} id of the part
 * @param {string} address of the page, this one if nothing else is said
 * @returns {Promise<Element | null>} null when the page is not to be had
 */
export async function freshPart(id, address = location.href) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
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
