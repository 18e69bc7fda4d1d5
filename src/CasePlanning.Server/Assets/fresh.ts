// Tells whoever has a plan open that somebody has spoken or decided since. Nothing on the page moves; to see it is their choice.
const everyMilliseconds = 30_000;

interface Changes {
  views: number;
  decisions: number;
}

export function watchForNews(): void {
  const place = document.querySelector<HTMLElement>("[data-changes]");
  const key = document.querySelector<HTMLInputElement>("input[name=__RequestVerificationToken]")?.value;
  if (place === null || key === undefined) {
    return;
  }

  const { changes, show } = place.dataset as { changes: string; show: string };
  let etag = "";
  const look = async (): Promise<void> => {
    if (document.hidden) {
      return;
    }

    try {
      const answer = await fetch(changes, {
        headers: { Accept: "application/json", RequestVerificationToken: key, ...(etag ? { "If-None-Match": etag } : {}) },
      });
      if (answer.status === 200) {
        etag = answer.headers.get("ETag") ?? "";
        tell(place, show, (await answer.json()) as Changes);
      } else if (answer.status === 401 || answer.status === 404) {
        clearInterval(timer);
      }
    } catch {
      // No connection. The page stays as it is, and it is asked again later.
    }
  };
  const timer = setInterval(() => void look(), everyMilliseconds);
  document.addEventListener("visibilitychange", () => void look());
}

function tell(place: HTMLElement, show: string, { views, decisions }: Changes): void {
  const news = [count(views, "view", "views"), count(decisions, "decision", "decisions")].filter((words) => words !== "");
  if (news.length === 0) {
    return;
  }

  const link = document.createElement("a");
  link.href = show;
  link.textContent = "Show";
  place.replaceChildren(`New on this plan since you opened it: ${news.join(" and ")}. `, link);
}

function count(number: number, one: string, many: string): string {
  return number === 0 ? "" : `${number} ${number === 1 ? one : many}`;
}
