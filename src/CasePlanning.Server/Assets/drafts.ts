// The page on which a view is written: every letter goes to the device, and after a pause to the server. Nothing here can lose
// words; whatever goes wrong is said beside the button, with what to do.
import { Device, type DraftText, type Kept } from "./device.js";
import { add, element, later } from "./dom.js";
import { askForKey, call, keep, tryingNow, written, type DraftView } from "./server.js";
import { hereNow, isShared, person } from "./page.js";

const pause = 900;
const longestWait = 60_000;
const extendAfter = 30 * 60_000;

export class DraftForm {
  private readonly form: HTMLFormElement;
  private id: string;
  private readonly status: HTMLElement;
  private device: Device | null = null;
  private version: number | null;
  private saved: string;
  private tried: string[] = [];
  private failures = 0;
  private sending: Promise<void> | null = null;
  private storing: Promise<void> | null = null;
  private toStore = 0;
  private isTouched = false;
  private isStopped = false;
  private pressed: HTMLElement | null = null;
  private isLeaving = false;
  private extended = Date.now();
  private readonly soon = later(() => void this.send());

  constructor(form: HTMLFormElement) {
    this.form = form;
    this.status = form.querySelector("[data-status]") as HTMLElement;
    this.id = this.field("draft").value;
    this.version = Number(this.field("version").value) || null;
    this.saved = written(this.text());
    form.addEventListener("input", () => this.changed());
    form.addEventListener("change", () => this.changed());
    form.addEventListener("submit", (event) => this.submit(event));
    addEventListener("online", () => this.again());
    addEventListener("focus", () => this.again());
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") {
        void this.send();
      } else {
        this.again();
      }
    });
    addEventListener("beforeunload", (event) => {
      if (!this.device && !this.isLeaving && this.isUnsent()) {
        event.preventDefault();
      }
    });
    addEventListener("pageshow", (event) => {
      if (event.persisted) {
        location.reload();
      }
    });
    void this.begin();
  }

  private async begin(): Promise<void> {
    const here = this.text();
    if (!isShared) {
      this.device = await Device.of(person, askForKey).catch(() => null);
    }

    if (!this.device) {
      this.say(isShared
        ? "This is a shared computer, so nothing is kept on it. Your words are saved to CasePlanning as you write."
        : "This browser keeps nothing on this device. Your words are saved to CasePlanning as you write.");
    }

    const mine = (await this.device?.all().catch(() => []))?.filter((one) => this.has(one)) ?? [];
    const kept = mine.find((one) => one.unsent);
    if (kept) {
      this.goOn(kept, here);
      await this.storeInsteadOf(kept.id);
    } else if (this.isTouched || this.form.dataset["unsaved"] === "yes") {
      // What came back from the server may be there already, and may not; to send it again is no harm.
      this.saved = this.isTouched ? this.saved : "";
      this.changed();
    } else if (mine[0] && this.isBehind(mine[0])) {
      await this.catchUp(mine[0].id);
    }
  }

  /** This page was made before the server had what this device has sent meanwhile. */
  private isBehind(kept: Kept): boolean {
    return (kept.version ?? 0) > (this.version ?? 0);
  }

  private async catchUp(id: string): Promise<void> {
    const response = await call("GET", `/drafts/${id}`);
    if (!response?.ok || this.isTouched) {
      return;
    }

    const draft = (await response.json()) as DraftView;
    if (draft.version > (this.version ?? 0)) {
      this.fill({ ...draft, words: draft.words ?? null });
      this.isAt(draft.version);
      this.saved = written(this.text());
      await this.isCalled(draft.id);
    }
  }

  /** Words that were written here and did not get through come back. */
  private goOn(kept: Kept, here: DraftText): void {
    const [mine, theirs] = [written(kept.text), written(here)];
    if (mine === theirs) {
      this.changed();
      return;
    }

    const typed = this.isTouched ? this.text() : null;
    this.fill(kept.text);
    if (typed?.words && typed.words !== here.words && !kept.text.words?.includes(typed.words)) {
      this.fill({ ...kept.text, words: below(kept.text.words, typed.words) });
    }

    this.tried = kept.tried;
    if (this.isBehind(kept)) {
      this.isAt(kept.version);
    }

    if (kept.version === this.version || kept.tried.includes(theirs) || isBlank(here)) {
      this.say("What you wrote on this device is here again.");
      void this.store();
      this.soon(0);
    } else {
      void this.store();
      this.choose({ ...here, id: this.id, version: this.version ?? 0, state: "open" });
    }
  }

  private changed(): void {
    this.isTouched = true;
    void this.store();
    if (!this.isStopped) {
      this.soon(pause);
    }
  }

  /** What there is now, and once more when it has changed meanwhile; never two at once. */
  private store(): Promise<void> {
    this.toStore++;
    return (this.storing ??= this.storeAll().finally(() => (this.storing = null)));
  }

  private async storeAll(): Promise<void> {
    for (let stored = 0; this.device && stored !== this.toStore; ) {
      stored = this.toStore;
      try {
        await this.device.put({
          id: this.id, label: this.form.dataset["label"] ?? "", page: hereNow(), text: this.text(), version: this.version,
          tried: this.tried, unsent: this.isUnsent(), at: Date.now(),
        });
      } catch {
        this.device = null;
        this.say("This device has no room left. Your words are saved to CasePlanning as you write.");
      }
    }
  }

  private isUnsent(): boolean {
    return this.saved !== written(this.text());
  }

  private again(): void {
    if (this.isUnsent() || this.pressed) {
      this.failures = 0;
      void this.send();
    }
  }

  /** What there is now, once what is under way has been answered; so versions arrive in the order in which they were written. */
  private async send(): Promise<void> {
    if (this.isStopped || this.isLeaving) {
      return;
    }

    if (this.sending) {
      await this.sending;
    }

    if (!this.sending && this.isUnsent()) {
      this.sending = this.sendOnce().finally(() => (this.sending = null));
      await this.sending;
    }

    if (this.pressed && !this.isUnsent() && !this.isStopped) {
      this.leave();
    }
  }

  private async sendOnce(): Promise<void> {
    const text = this.text();
    const now = written(text);
    if (!this.tried.includes(now)) {
      this.tried = tryingNow(this.tried, now);
      // It may arrive although no answer ever does, and this page may be closed by then.
      void this.store();
    }

    let answer = await keep(this.id, text, this.version);
    if (answer.kind === "gone" && this.version !== null) {
      // It was thrown away on another device, or its author is no longer in the plan: the next answer tells which.
      answer = await keep(this.id, text, null);
    }

    switch (answer.kind) {
      case "kept":
        this.failures = 0;
        this.tried = [];
        this.isAt(answer.draft.version);
        this.saved = now;
        await this.isCalled(answer.draft.id);
        this.say(answer.draft.state === "reviewSigned"
          ? "Draft saved. The review was signed off while you wrote: your words wait for the next one."
          : `Draft saved ${time()}`);
        if (this.isUnsent()) {
          this.soon(pause);
        }

        await this.stayIn();
        break;
      case "other":
        if (this.tried.includes(written(answer.draft))) {
          // It is from here: it arrived, and the answer did not.
          this.isAt(answer.draft.version);
          this.saved = written(answer.draft);
          this.soon(0);
        } else {
          this.choose(answer.draft);
        }

        break;
      case "noServer":
        this.failures++;
        this.say(this.pressed
          ? `No connection. Your view will be added as soon as you are back online. Keep this page open${this.device ? ", or come back to it: your words are kept on this device" : ""}.`
          : this.device
            ? "No connection. Saved on this device and will be sent when you are back online."
            : "No connection. Keep this page open: your words will be sent when you are back online.");
        this.soon(Math.min(longestWait, 1000 * 2 ** Math.min(this.failures - 1, 6)) * (0.8 + Math.random() * 0.4));
        break;
      case "signedOut":
        this.pressed = null;
        this.signedOut();
        break;
      case "gone":
        await this.removed();
        break;
      case "signed":
        this.stop("This draft was added to the plan from another device. ", element("a", { href: location.pathname, className: "govuk-link" }, "See it in the plan"),
          this.device ? ". What you have typed since is kept on this device." : ". Copy what you have typed since.");
        break;
      case "refused":
        this.pressed = null;
        this.say(`Not saved to CasePlanning: ${answer.why}${this.device ? " Your words are kept on this device." : ""}`);
        break;
    }
  }

  private async removed(): Promise<void> {
    const response = await call("GET", `/drafts/${this.id}`);
    const isKept = response?.ok;
    this.stop("You no longer take part in this plan, so this cannot be added to it. ",
      isKept ? "Your draft is kept for you, and only you can see it: " : this.device ? "Your words are kept on this device. " : "Copy what you want to keep. ",
      isKept ? element("a", { href: "/drafts", className: "govuk-link" }, "your drafts") : "");
  }

  private signedOut(): void {
    const back = `/sign-in?returnUrl=${encodeURIComponent(location.pathname + location.search)}`;
    const link = element("a", { href: back, className: "govuk-link" }, "Sign in again to send them");
    if (!this.device) {
      // Here they are on the screen alone, so this page must stay.
      link.target = "_blank";
      link.rel = "noopener";
      link.textContent = "Sign in again in a new tab";
    }

    this.say("You have been signed out. ", this.device ? "Your words are kept on this device. " : "Keep this page open. ", link);
  }

  /** Whoever types stays signed in. */
  private async stayIn(): Promise<void> {
    if (Date.now() - this.extended > extendAfter) {
      this.extended = Date.now();
      await call("POST", "/session/extend");
    }
  }

  /** Two devices: both texts are there, and their author says what becomes of them. */
  private choose(other: DraftView): void {
    this.isStopped = true;
    this.pressed = null;
    this.form.querySelector(".app-other")?.remove();
    const mine = element("button", { type: "button", className: "govuk-button govuk-button--secondary" }, "Keep mine");
    const both = element("button", { type: "button", className: "govuk-button govuk-button--secondary" }, "Add it below mine");
    const place = element("div", { className: "app-other", tabIndex: -1 },
      element("h2", { className: "govuk-heading-m", id: "other" }, "You also wrote this on another device"),
      element("p", { className: "govuk-body" }, "This is the other version of your draft. Nothing of yours is lost: it is still in the box."),
      element("div", { className: "govuk-inset-text app-words" }, other.words || "It has no words."),
      element("div", { className: "govuk-button-group" }, mine, both));
    place.setAttribute("role", "group");
    place.setAttribute("aria-labelledby", "other");
    (this.form.querySelector("[data-before-words]") ?? this.form.firstElementChild!).before(place);
    place.focus();
    this.say("Choose what becomes of the other version, above the box.");
    const settle = (words: string | null) => {
      place.remove();
      this.fill({ ...this.text(), words });
      this.isAt(other.version || null);
      this.saved = written(other);
      this.isStopped = false;
      this.box().focus();
      void this.store();
      this.soon(0);
      if (!this.isUnsent()) {
        this.say(`Draft saved ${time()}`);
      }
    };
    mine.onclick = () => settle(this.text().words);
    both.onclick = () => settle(below(this.text().words, other.words ?? null));
  }

  /** Sends what there is first, so that whatever the page's own way leads to, the words are safe. Pressed twice, it is sent once. */
  private submit(event: SubmitEvent): void {
    if (this.isLeaving) {
      if (this.form.dataset["left"] !== undefined) {
        event.preventDefault();
      }

      this.form.dataset["left"] = "";
      return;
    }

    event.preventDefault();
    if (this.isStopped || this.pressed) {
      return;
    }

    this.pressed = event.submitter;
    if (!this.isUnsent()) {
      this.leave();
      return;
    }

    this.failures = 0;
    void this.send().then(() => {
      // What the server refuses to keep it also refuses to add, and says at which field.
      if (!this.pressed && !this.isStopped && this.status.textContent?.startsWith("Not saved")) {
        this.pressed = event.submitter;
        this.leave();
      }
    });
  }

  private leave(): void {
    const button = this.pressed;
    this.isLeaving = true;
    // What is in the plan, or thrown away, is a draft no more; until then the server has it.
    const settled = button?.hasAttribute("data-ends-draft") && !this.isUnsent() ? this.device?.drop(this.id) : this.store();
    void Promise.resolve(settled).finally(() => this.form.requestSubmit(button));
  }

  private stop(...words: (string | Node)[]): void {
    this.isStopped = true;
    this.pressed = null;
    this.say(...words);
  }

  /** Said once: the time of a save changes by the minute, so nobody hears each of them. */
  private say(...words: (string | Node)[]): void {
    const place = element("p", {});
    add(place, words);
    if (place.innerHTML !== this.status.innerHTML) {
      this.status.replaceChildren(...place.childNodes);
    }
  }

  private isAt(version: number | null): void {
    this.version = version;
    this.field("version").value = version?.toString() ?? "";
  }

  /** Whether this is the draft that is written here. The server has a name of its own for it, and not every answer arrives. */
  has(kept: Kept): boolean {
    return kept.id === this.id || kept.page === hereNow();
  }

  private async isCalled(id: string): Promise<void> {
    const before = this.id;
    this.id = id;
    this.field("draft").value = id;
    await this.storeInsteadOf(before);
  }

  private async storeInsteadOf(id: string): Promise<void> {
    await this.store();
    if (id !== this.id) {
      await this.device?.drop(id);
    }
  }

  private field(name: string): HTMLInputElement {
    return this.form.elements.namedItem(name) as HTMLInputElement;
  }

  private box(): HTMLTextAreaElement {
    return this.form.elements.namedItem("words") as HTMLTextAreaElement;
  }

  private text(): DraftText {
    const data = new FormData(this.form);
    const line = (name: string) => cleaned(data.get(name) as string | null);
    const { planId, reviewId, outcome } = this.form.dataset as Record<string, string>;
    const participants = data.getAll("readers") as string[];
    const kind = line("audience") ?? "everyone";
    return {
      planId: planId!, reviewId: reviewId!, outcome: outcome!, words: line("words"), outlook: line("outlook"),
      audience: kind === "named" && participants.length ? { kind, participants } : { kind },
      summary: line("summary"), onBehalfOf: line("onBehalfOf"), saidInMeeting: data.get("saidInMeeting") === "true",
      revises: line("revises"), whatChanged: line("whatChanged"), focus: line("focus"),
    };
  }

  private fill(text: DraftText): void {
    const values: Record<string, string[]> = {
      words: [text.words ?? ""], outlook: [text.outlook ?? ""], audience: [text.audience.kind], readers: text.audience.participants ?? [],
      summary: [text.summary ?? ""], onBehalfOf: [text.onBehalfOf ?? ""], saidInMeeting: [text.saidInMeeting ? "true" : ""],
      whatChanged: [text.whatChanged ?? ""], focus: [text.focus ?? ""],
    };
    for (const field of this.form.querySelectorAll<HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement>("input,textarea,select")) {
      const given = values[field.name];
      if (!given || field.type === "hidden" || field.type === "file") {
        continue;
      }

      if (field instanceof HTMLInputElement && (field.type === "radio" || field.type === "checkbox")) {
        field.checked = given.includes(field.value);
      } else {
        field.value = given[0] ?? "";
      }
    }

    for (const details of this.form.querySelectorAll("details")) {
      details.open ||= [...details.querySelectorAll<HTMLInputElement>("textarea,input:checked:not([value=everyone])")].some((f) => f.value !== "");
    }

    // What a choice opens is opened by the same event that a press makes.
    this.form.querySelector<HTMLInputElement>("input[name=audience]:checked")?.dispatchEvent(new Event("click", { bubbles: true }));
  }
}

/** As it can be kept: the characters that no database takes come along when people paste. */
function cleaned(text: string | null): string | null {
  const plain = (text ?? "").replace(/\r\n?/g, "\n").replace(/[\0-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, "");
  return plain.trim() ? plain : null;
}

function below(mine: string | null, other: string | null): string | null {
  return mine && other ? `${mine.trimEnd()}\n\n${other}` : mine ?? other;
}

function isBlank(text: DraftText): boolean {
  return !text.words && !text.summary && !text.whatChanged && !text.outlook;
}

function time(): string {
  return new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}
