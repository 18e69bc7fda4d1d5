// Elements without a template: text is always text.

export function element<K extends keyof HTMLElementTagNameMap>(
  name: K, properties: Partial<HTMLElementTagNameMap[K]>, ...content: (string | Node)[]
): HTMLElementTagNameMap[K] {
  const made = Object.assign(document.createElement(name), properties);
  add(made, content);
  return made;
}

export function add(to: Element, content: (string | Node)[]): void {
  to.append(...content.filter((one) => one !== ""));
}

/** Does it once, so long after it was last asked for. */
export function later(what: () => void): (milliseconds: number) => void {
  let timer: number | undefined;
  return (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(what, milliseconds) as unknown as number;
  };
}
