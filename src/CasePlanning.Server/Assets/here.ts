// On every page of somebody who is signed in: what this device still has is sent, and what cannot be is told where there is a place
// for it.
import { Device, type Kept } from "./device.js";
import { element } from "./dom.js";
import { sendUnsent } from "./offline.js";
import { isShared, person } from "./page.js";
import { askForKey } from "./server.js";

const worker = "/worker.js";
const halfADay = 12 * 3_600_000;

export async function lookAfterDevice(isOpen: (kept: Kept) => boolean): Promise<void> {
  if (!person || isShared) {
    return;
  }

  // A new version of what is made here is another address, and so another worker.
  const version = document.querySelector<HTMLScriptElement>("script[src*='/dist/site']")?.src ?? "";
  navigator.serviceWorker?.register(`${worker}?${encodeURIComponent(new URL(version, location.href).pathname)}`, { updateViaCache: "none" }).catch(() => undefined);

  const told = document.querySelector("[data-kept-here]");
  const device = await Device.of(person, askForKey);
  if (!device) {
    told?.replaceChildren("This browser keeps nothing, so what you write is kept only while you are online.");
    return;
  }

  await sendUnsent(device, isOpen);
  for (const kept of await device.all()) {
    if (!kept.unsent && !isOpen(kept) && Date.now() - kept.at > halfADay) {
      await device.drop(kept.id);
    }
  }

  const all = await device.all();
  told?.replaceChildren(keptHere(all.length));
  const place = document.querySelector("[data-on-device]");
  const unsent = all.filter((one) => one.unsent);
  if (place && unsent.length > 0) {
    place.append(
      element("p", { className: "govuk-body" }, `${unsent.length === 1 ? "1 draft is" : `${unsent.length} drafts are`} on this device alone, and not sent yet:`),
      element("ul", { className: "govuk-list govuk-list--bullet" }, ...unsent.map((one) =>
        element("li", {}, element("a", { className: "govuk-link", href: one.page }, one.label)))));
  }
}

function keptHere(count: number): string {
  const now = count === 0 ? "Just now there is nothing" : `Just now there ${count === 1 ? "is 1 draft" : `are ${count} drafts`}`;
  return `What you write is kept on it too, locked, so that it is not lost without a connection. ${now}.`;
}
