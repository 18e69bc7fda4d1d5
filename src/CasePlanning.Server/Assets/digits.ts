// Whoever has typed the last digit of a code is done: the page goes on by itself, and says beforehand that it will.

export function goOnAfterLastDigit(form: HTMLFormElement): void {
  const field = form.querySelector<HTMLInputElement>("input[inputmode=numeric]");
  if (!field) {
    return;
  }

  document.getElementById(field.getAttribute("aria-describedby") ?? "")?.append(". The page goes on by itself after the last one.");

  // A code can be used once: a press on the button while the page is already going on would use it a second time.
  let isSent = false;
  form.addEventListener("submit", (event) => {
    if (isSent) {
      event.preventDefault();
    }

    isSent = true;
  });
  addEventListener("pageshow", () => (isSent = false));
  field.addEventListener("input", () => {
    if (field.value.replace(/\D/g, "").length === Number(form.dataset["digits"])) {
      form.requestSubmit();
    }
  });
}
