// Who reads this page, and on what: set by the layout. Nobody, on a page that was kept on the device.

export const person = document.body.dataset["person"] ?? "";

/** Whoever signed in said that others use this computer too. */
export const isShared = document.body.dataset["shared"] === "yes";

/** The address of this page on this host. */
export const hereNow = (): string => location.pathname + location.search;
