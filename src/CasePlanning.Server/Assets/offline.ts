// The page that stands in for any other when there is no connection: the drafts on this device, to be read and written on.
import { Device, unsentHere, type Kept } from "./device.js";
import { element, later } from "./dom.js";
import { getToken, keep, tryingNow, written } from "./server.js";

const lookAgain = 10_000;

export async function showOffline(place: HTMLElement): Promise<void> {
  const state = element("p", { className: "govuk-body" });
  state.setAttribute("role", "status");
  place.append(state);
  const device = await Device.ofWhoeverWasHere();
  const kept = (await device?.all()) ?? [];
  // The one that belongs to the page that was asked for comes first.
  kept.sort((one, other) => Number(isOfHere(other)) - Number(isOfHere(one)));
  if (device && kept.length > 0) {
    place.append(element("h2", { className: "govuk-heading-l" }, kept.length === 1 ? "Your draft on this device" : "Your drafts on this device"));
    for (const one of kept) {
      place.append(box(device, one));
    }
  } else {
    const locked = device ? 0 : await unsentHere();
    place.append(element("p", { className: "govuk-body" }, locked === 0
      ? "No drafts are kept on this device."
      : `${locked === 1 ? "A draft is" : `${locked} drafts are`} kept on this device, locked. Nothing is lost: sign in when you are online again, and ${locked === 1 ? "it opens" : "they open"}.`));
  }

  const look = async () => {
    if (await isBack()) {
      state.replaceChildren("You are back online. ", link(location.href, "Load the page you wanted"));
      if (device) {
        await send(device, state, kept);
      }
    } else {
      state.textContent = "No connection. This page looks for one by itself.";
      setTimeout(look, lookAgain);
    }
  };
  addEventListener("online", () => void look());
  await look();
}

function isOfHere(kept: Kept): boolean {
  return kept.page.split("?")[0] === location.pathname;
}

function box(device: Device, kept: Kept): HTMLElement {
  const id = `kept-${kept.id}`;
  const words = element("textarea", { className: "govuk-textarea", id, rows: 8, value: kept.text.words ?? "" });
  const saved = element("p", { className: "govuk-hint" }, said(kept));
  saved.setAttribute("role", "status");
  const store = later(() => saved.replaceChildren("Saved on this device."));
  words.addEventListener("input", () => {
    const said = words.value.trim() ? words.value : null;
    void device.change(kept, (now) => ({ ...now, text: { ...now.text, words: said }, unsent: true, at: Date.now() })).then(() => store(300));
  });
  return element("div", { className: "govuk-form-group" },
    element("label", { className: "govuk-label govuk-label--m", htmlFor: id }, kept.label), words, saved);
}

function said(kept: Kept): string {
  const at = new Date(kept.at).toLocaleString("en-GB", { day: "numeric", month: "long", hour: "2-digit", minute: "2-digit" });
  return kept.unsent ? `Written ${at}. Not sent yet.` : `Written ${at}. Sent.`;
}

async function isBack(): Promise<boolean> {
  try {
    return (await fetch("/health/live", { cache: "no-store" })).ok;
  } catch {
    return false;
  }
}

async function send(device: Device, state: HTMLElement, kept: readonly Kept[]): Promise<void> {
  // What is written on here after that goes on from what was sent.
  const called = (id: string, now: string) => kept.filter((one) => one.id === id).forEach((one) => (one.id = now));
  const token = await getToken();
  if (token === "signedOut") {
    state.replaceChildren("You are back online, and have been signed out. ", link(`/sign-in?returnUrl=${encodeURIComponent(location.pathname)}`, "Sign in again to send your words"));
  } else if (token === "here" && (await sendUnsent(device, undefined, called)) > 0) {
    state.append(". What you wrote has been sent.");
  }
}

/**
 * Sends what was not sent, but for what is open on this page. What another device has changed waits for its author.
 * @param called is told the server's own name for a draft that was kept under another.
 */
export async function sendUnsent(
  device: Device, isOpen: (kept: Kept) => boolean = () => false, called: (id: string, now: string) => void = () => undefined,
): Promise<number> {
  let sent = 0;
  for (const kept of (await device.all()).filter((one) => one.unsent && !isOpen(one))) {
    const trying = written(kept.text);
    // It may arrive although no answer ever does, and this page may be left by then.
    await device.change(kept, (now) => ({ ...now, tried: tryingNow(now.tried, trying) }));
    const answer = await keep(kept.id, kept.text, kept.version);
    if (answer.kind === "kept") {
      const { id, version } = answer.draft;
      await device.change(kept, (now) => {
        called(kept.id, id);
        // It may have been written on while it was under way.
        return { ...now, id, version, tried: [], unsent: written(now.text) !== trying };
      });
      sent++;
    } else if (answer.kind === "signed") {
      await device.drop(kept.id);
    }
  }

  return sent;
}

function link(href: string, text: string): HTMLElement {
  return element("a", { href, className: "govuk-link" }, text);
}
