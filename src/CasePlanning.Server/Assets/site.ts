import { Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink, createAll } from "govuk-frontend";
import { goOnAfterLastDigit } from "./digits.js";
import { DraftForm } from "./drafts.js";
import { watchForNews } from "./fresh.js";
import { lookAfterDevice } from "./here.js";
import { guardLeaving } from "./leave.js";
import { showOffline } from "./offline.js";
import { help } from "./say.js";

// Everything works without this script; with it, some things are less work.
for (const component of [Button, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink]) {
  createAll(component);
}

// A radio button has no such state in ARIA; what it reveals follows it on the page.
const withoutState = (): void => {
  document.querySelectorAll("input[type=radio][aria-expanded]").forEach((input) => input.removeAttribute("aria-expanded"));
};
withoutState();
document.addEventListener("change", withoutState);
addEventListener("pageshow", withoutState);

// A browser that has gone to a place on the page takes the focus away from what was just said there.
const said = document.querySelector<HTMLElement>(".govuk-notification-banner[role=alert]");
if (said && location.hash) {
  addEventListener("load", () => setTimeout(() => {
    said.tabIndex = -1;
    said.focus();
  }));
}

watchForNews();
help();
for (const form of document.querySelectorAll<HTMLFormElement>("form[data-digits]")) {
  goOnAfterLastDigit(form);
}

for (const form of document.querySelectorAll<HTMLFormElement>("form[action='/sign-out'],form[data-leaves]")) {
  guardLeaving(form);
}

const place = document.querySelector<HTMLElement>("[data-offline]");
const draft = document.querySelector<HTMLFormElement>("form[data-draft]");
if (place) {
  void showOffline(place);
} else {
  const written = draft && new DraftForm(draft);
  void lookAfterDevice((kept) => written?.has(kept) ?? false).catch(() => undefined);
}
