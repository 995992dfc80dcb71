// The one way from text to elements. The policy of the site (Content-Security-Policy) lets nothing
// else turn a text into markup, and this makes no script of anything.
const pass = { createHTML: (text) => text };

export const policy = globalThis.trustedTypes?.createPolicy("legwise", pass) ?? pass;

// A page of our own server as a document.
export function documentOf(text) {
  return new DOMParser().parseFromString(policy.createHTML(text), "text/html");
}
