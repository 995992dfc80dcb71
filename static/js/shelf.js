// What a reader saved and looked at last, kept by this browser and sent to nobody. Where the browser
// keeps nothing, it holds for the page.
const MOST = { saved: 60, seen: 12 };
const SLUG = /^[a-z0-9]+(-[a-z0-9]+)*$/;
const OFF = "seen.off";

const memory = new Map();

// The machines on a shelf, "saved" or "seen", the latest first: { slug, name }.
export function machines(shelf) {
  try {
    return JSON.parse(read(shelf) ?? "[]").filter(isMachine);
  } catch {
    return []; // something else has written there
  }
}

export function has(shelf, slug) {
  return machines(shelf).some((one) => one.slug === slug);
}

export function put(shelf, machine) {
  if (shelf === "seen" && !remembers()) return;
  const others = machines(shelf).filter((one) => one.slug !== machine.slug);
  fill(shelf, [machine, ...others]);
}

export function take(shelf, slug) {
  fill(shelf, machines(shelf).filter((one) => one.slug !== slug));
}

export function fill(shelf, found) {
  write(shelf, JSON.stringify(found.slice(0, MOST[shelf])));
}

// Whether what is looked at is remembered, which the reader decides.
export function remembers() {
  return read(OFF) === null;
}

export function remember(wanted) {
  write(OFF, wanted ? null : "1");
  if (!wanted) write("seen", null);
}

function isMachine(one) {
  return SLUG.test(one?.slug) && typeof one.name === "string";
}

function read(key) {
  try {
    return localStorage.getItem(`machines.${key}`);
  } catch {
    return memory.get(key) ?? null;
  }
}

function write(key, text) {
  try {
    if (text === null) localStorage.removeItem(`machines.${key}`);
    else localStorage.setItem(`machines.${key}`, text);
  } catch {
    memory.set(key, text);
  }
}
