// Signing out: the key and what was sent go from this device. What was not sent is asked about first.
import { Device, forget, unsentHere } from "./device.js";
import { element } from "./dom.js";
import { sendUnsent } from "./offline.js";
import { person } from "./page.js";

export function guardLeaving(form: HTMLFormElement): void {
  let isAsked = false;
  form.addEventListener("submit", (event) => {
    if (isAsked) {
      return;
    }

    event.preventDefault();
    const go = async (all: boolean) => {
      isAsked = true;
      await forget(all).catch(() => undefined);
      form.requestSubmit(event.submitter);
    };
    void waiting().then((count) => (count === 0 ? go(false) : ask(count, go)));
  });
}

/** What is still unsent after another try. */
async function waiting(): Promise<number> {
  if ((await unsentHere()) === 0) {
    return 0;
  }

  const device = person ? await Device.of(person, () => Promise.resolve(null)) : null;
  if (device) {
    await sendUnsent(device);
  }

  return unsentHere();
}

function ask(count: number, go: (all: boolean) => Promise<void>): void {
  const one = count === 1;
  const remove = element("button", { className: "govuk-button govuk-button--warning", type: "button" }, `Delete ${one ? "it" : "them"} and sign out`);
  const lock = element("button", { className: "govuk-button govuk-button--secondary", type: "button" }, `Keep ${one ? "it" : "them"}, locked, and sign out`);
  const stay = element("button", { className: "govuk-button", type: "button" }, "Stay signed in");
  const dialog = element("dialog", { className: "app-dialog" },
    element("h2", { className: "govuk-heading-m", id: "leaving" }, one ? "A draft on this device has not been sent" : `${count} drafts on this device have not been sent`),
    element("p", { className: "govuk-body" }, `Only this device has ${one ? "it" : "them"}. Locked, ${one ? "it opens" : "they open"} again when you sign in here.`),
    element("div", { className: "govuk-button-group" }, stay, lock, remove));
  dialog.setAttribute("aria-labelledby", "leaving");
  stay.onclick = () => dialog.close();
  lock.onclick = () => void go(false);
  remove.onclick = () => void go(true);
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
