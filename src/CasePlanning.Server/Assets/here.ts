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

  const device = await Device.of(person, askForKey);
  if (!device) {
    return;
  }

  await sendUnsent(device, isOpen);
  for (const kept of await device.all()) {
    if (!kept.unsent && !isOpen(kept) && Date.now() - kept.at > halfADay) {
      await device.drop(kept.id);
    }
  }

  const place = document.querySelector("[data-on-device]");
  const unsent = (await device.all()).filter((one) => one.unsent);
  if (place && unsent.length > 0) {
    place.append(
      element("p", { className: "govuk-body" }, `${unsent.length === 1 ? "1 draft is" : `${unsent.length} drafts are`} on this device alone, and not sent yet:`),
      element("ul", { className: "govuk-list govuk-list--bullet" }, ...unsent.map((one) =>
        element("li", {}, element("a", { className: "govuk-link", href: one.page }, one.label)))));
  }
}
