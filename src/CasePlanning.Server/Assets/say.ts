// The child's own pages: read aloud by the browser, and left so that nobody who looks over a shoulder or presses "back" sees them.

const left = "left fast";

export function help(): void {
  const exit = document.querySelector<HTMLAnchorElement>("a[data-exit]");
  if (exit) {
    leaveFast(exit);
  }

  const aloud = document.querySelector<HTMLButtonElement>("button[data-read-aloud]");
  if (aloud && "speechSynthesis" in window) {
    readAloud(aloud);
  }

  // Whoever ticks a person means these people.
  const people = document.querySelector<HTMLElement>("[data-opens]");
  people?.addEventListener("change", (event) => {
    const only = document.getElementById(people.dataset["opens"] ?? "") as HTMLInputElement | null;
    if (only && (event.target as HTMLInputElement).checked) {
      only.checked = true;
    }
  });
}

/** The page's entry in the history becomes that of where it leads; those of the pages before it lead there too. */
function leaveFast(exit: HTMLAnchorElement): void {
  const away = () => location.replace(exit.href);
  const isBack = (performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined)?.type === "back_forward";
  if (isBack && remembered() === "yes") {
    document.body.hidden = true;
    away();
    return;
  }

  remember("");
  addEventListener("pageshow", (event) => {
    if (event.persisted && remembered() === "yes") {
      document.body.hidden = true;
      away();
    }
  });
  exit.addEventListener("click", (event) => {
    event.preventDefault();
    remember("yes");
    document.body.hidden = true;
    document.title = "";
    away();
  });
}

function remembered(): string | null {
  try {
    return sessionStorage.getItem(left);
  } catch {
    return null;
  }
}

function remember(value: string): void {
  try {
    sessionStorage.setItem(left, value);
  } catch {
    // Then only this page is left.
  }
}

function readAloud(button: HTMLButtonElement): void {
  const [start, stop] = [button.textContent, "Stop reading"];
  const rest = () => (button.textContent = start);
  button.hidden = false;
  button.addEventListener("click", () => {
    const isReading = button.textContent === stop;
    speechSynthesis.cancel();
    if (isReading) {
      rest();
      return;
    }

    const words = new SpeechSynthesisUtterance([...document.querySelectorAll<HTMLElement>("[data-aloud]")].map((e) => e.innerText).join(". "));
    words.lang = document.documentElement.lang;
    words.rate = 0.9;
    words.onend = rest;
    words.onerror = rest;
    button.textContent = stop;
    speechSynthesis.speak(words);
  });
  addEventListener("pagehide", () => speechSynthesis.cancel());
}
