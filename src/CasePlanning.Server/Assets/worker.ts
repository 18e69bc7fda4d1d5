// Keeps, for when there is no connection, the one page that says so and what it is made of. Nothing that tells of anybody is ever
// kept here: pages are asked for anew each time.

interface Extended extends Event {
  waitUntil(until: Promise<unknown>): void;
}

interface Fetched extends Extended {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}

const offline = "/offline";
const cacheName = `offline ${location.search}`;
const worker = self as unknown as { skipWaiting(): Promise<void>; clients: { claim(): Promise<void> }; addEventListener(type: string, on: (event: never) => void): void };

worker.addEventListener("install", (event: Extended) => event.waitUntil(keep().then(() => worker.skipWaiting())));

worker.addEventListener("activate", (event: Extended) => event.waitUntil(
  caches.keys().then((names) => Promise.all(names.filter((one) => one !== cacheName).map((one) => caches.delete(one)))).then(() => worker.clients.claim())));

worker.addEventListener("fetch", (event: Fetched) => {
  const { request } = event;
  if (request.mode === "navigate") {
    event.respondWith(fetch(request).catch(async () => (await caches.match(offline, { cacheName })) ?? Response.error()));
  } else if (request.method === "GET" && new URL(request.url).pathname.startsWith("/dist/")) {
    event.respondWith(caches.match(request, { cacheName }).then((kept) => kept ?? fetch(request)));
  }
});

/** The page as it is now, and the files that it names: under names that change with what is in them. */
async function keep(): Promise<void> {
  const page = await fetch(offline, { cache: "no-store", credentials: "omit" });
  const files = [...(await page.clone().text()).matchAll(/(?:href|src)="(\/dist\/[^"]+)"/g)].map((match) => match[1]!);
  const cache = await caches.open(cacheName);
  await Promise.all([cache.put(offline, page), cache.addAll(files)]);
}

// A module, so that its names are its own.
export {};
