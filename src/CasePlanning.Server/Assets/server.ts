// The few calls that a page's script makes, by the cookie of whoever reads the page and the token of the page itself.
import type { DraftText } from "./device.js";

const mostTried = 10;
const tokenField = "__RequestVerificationToken";

/** A draft as the API shows it. */
export interface DraftView extends Omit<DraftText, "words"> {
  id: string;
  words?: string | null;
  version: number;
  state: "open" | "late" | "reviewSigned" | "notInPlan";
}

export type Answer =
  | { kind: "kept"; draft: DraftView }
  | { kind: "other"; draft: DraftView }
  | { kind: "signedOut" | "noServer" | "gone" | "signed" }
  | { kind: "refused"; why: string };

let token = (document.querySelector(`input[name=${tokenField}]`) as HTMLInputElement | null)?.value;

/** Null when there is no server, or none that answers. */
export async function call(method: string, path: string, headers: Record<string, string> = {}, body?: unknown): Promise<Response | null> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  try {
    return await fetch(`/api/v1${path}`, {
      method,
      cache: "no-store",
      headers: { RequestVerificationToken: token ?? "", ...(text ? { "Content-Type": "application/json" } : {}), ...headers },
      body: text,
      // What is sent while the page is being left arrives all the same, up to a length that browsers set.
      keepalive: (text?.length ?? 0) < 30_000,
    });
  } catch {
    return null;
  }
}

/** Keeps a draft. What cannot be kept is told apart by what its author can do about it. */
export async function keep(id: string, text: DraftText, version: number | null): Promise<Answer> {
  const response = await call("PUT", `/drafts/${id}`, version === null ? { "If-None-Match": "*" } : { "If-Match": `"${version}.x"` }, text);
  switch (response?.status) {
    case 200:
    case 201:
      return { kind: "kept", draft: (await response.json()) as DraftView };
    case 401:
      return { kind: "signedOut" };
    case 404:
      return { kind: "gone" };
    case 412: {
      const { draft } = (await response.json()) as { draft?: DraftView };
      return draft ? { kind: "other", draft } : { kind: "gone" };
    }
    case 400:
    case 403:
    case 409:
    case 413:
    case 422: {
      const problem = (await response.json()) as { code: string; detail: string; errors?: { message: string }[] };
      return problem.code === "contribution.is-signed" ? { kind: "signed" } : { kind: "refused", why: problem.errors?.[0]?.message ?? problem.detail };
    }
    default:
      return { kind: "noServer" };
  }
}

export async function askForKey(): Promise<{ key: string; keepForHours: number } | null> {
  const response = await call("GET", "/drafts/key");
  return response?.ok ? ((await response.json()) as { key: string; keepForHours: number }) : null;
}

/** For a page that was kept on the device and so has no token: that of a page which shows its reader nothing but their own words. */
export async function getToken(): Promise<"here" | "signedOut" | "noServer"> {
  try {
    const response = await fetch("/drafts", { cache: "no-store" });
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    if (!response.ok) {
      return "noServer";
    }

    token = (page.querySelector(`[data-drafts] input[name=${tokenField}]`) as HTMLInputElement | null)?.value;
    return token ? "here" : "signedOut";
  } catch {
    return "noServer";
  }
}

/** What was sent and not answered, with what is about to be. */
export function tryingNow(tried: readonly string[], now: string): string[] {
  return tried.includes(now) ? [...tried] : [...tried, now].slice(-mostTried);
}

/** The same words written the same way, so that two can be compared. */
export function written(text: DraftText | DraftView): string {
  const { planId, reviewId, outcome, audience, saidInMeeting } = text;
  const optional = [text.words, text.outlook, text.summary, text.onBehalfOf, text.revises, text.whatChanged, text.focus].map((one) => one ?? null);
  return JSON.stringify([planId, reviewId, outcome, audience.kind, [...(audience.participants ?? [])].sort(), saidInMeeting, ...optional]);
}
