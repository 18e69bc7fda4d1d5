// What this device keeps of words that are not in the plan yet: sealed, so that its next user reads nothing, and never on a
// computer that several people share.

/** What the API calls a draft, all of it. */
export interface DraftText {
  planId: string;
  reviewId: string;
  outcome: string;
  words: string | null;
  outlook: string | null;
  audience: { kind: string; participants?: string[] };
  summary: string | null;
  onBehalfOf: string | null;
  saidInMeeting: boolean;
  revises: string | null;
  whatChanged: string | null;
  focus: string | null;
}

export interface Kept {
  id: string;
  /** What it is, for whoever wrote it: "Kezia: Stay safe". */
  label: string;
  /** The page it is written on. */
  page: string;
  text: DraftText;
  /** The version on the server that it goes on from; null when there is none. */
  version: number | null;
  /** What was sent and not answered: should the server have one of these, it has it from here. */
  tried: string[];
  /** It has words that the server has not confirmed. */
  unsent: boolean;
  at: number;
}

interface SealedRow {
  id: string;
  person: string;
  unsent: boolean;
  iv: Uint8Array<ArrayBuffer>;
  sealed: ArrayBuffer;
}

interface KeyRow {
  id: "key";
  person: string;
  key: CryptoKey;
  until: number;
}

const hour = 3_600_000;

export class Device {
  private turns: Promise<void> = Promise.resolve();

  private constructor(
    private readonly database: IDBDatabase,
    private readonly key: CryptoKey,
    readonly person: string,
  ) {}

  /** Null when this browser keeps nothing, or the key is neither here nor to be had. */
  static async of(person: string, askForKey: () => Promise<{ key: string; keepForHours: number } | null>): Promise<Device | null> {
    const database = await open();
    if (!database) {
      return null;
    }

    let row = await keyRow(database);
    if (row?.person !== person) {
      const given = await askForKey();
      if (!given) {
        return null;
      }

      const bytes = Uint8Array.from(atob(given.key), (c) => c.charCodeAt(0));
      const key = await crypto.subtle.importKey("raw", bytes, "AES-GCM", false, ["encrypt", "decrypt"]);
      row = { id: "key", person, key, until: Date.now() + given.keepForHours * hour };
      await run(database, "keys", "readwrite", (keys) => keys.put(row));
    }

    return new Device(database, row.key, person);
  }

  /** Whoever used it last, as long as the key is here. For when there is no server to ask. */
  static async ofWhoeverWasHere(): Promise<Device | null> {
    const database = await open();
    const row = database && (await keyRow(database));
    return database && row ? new Device(database, row.key, row.person) : null;
  }

  put(kept: Kept): Promise<void> {
    return this.inTurn(() => this.write(kept));
  }

  /** Changes a draft as it is here by now, and not as it was when somebody looked. One that is not here any more stays away. */
  change(one: { readonly id: string }, how: (now: Kept) => Kept): Promise<void> {
    return this.inTurn(async () => {
      const { id } = one;
      const now = await this.get(id);
      const next = now && how(now);
      if (next) {
        await this.write(next);
        if (next.id !== id) {
          await this.drop(id);
        }
      }
    });
  }

  async get(id: string): Promise<Kept | null> {
    const row = await run<SealedRow | undefined>(this.database, "drafts", "readonly", (drafts) => drafts.get(id));
    return row?.person === this.person ? this.unsealed(row) : null;
  }

  /** This person's, what was written last first; those that this key does not open are left out. */
  async all(): Promise<Kept[]> {
    const rows = (await allRows(this.database)).filter((row) => row.person === this.person);
    const kept = await Promise.all(rows.map((row) => this.unsealed(row)));
    return kept.filter((one) => one !== null).sort((one, other) => other.at - one.at);
  }

  drop(id: string): Promise<unknown> {
    return run(this.database, "drafts", "readwrite", (drafts) => drafts.delete(id));
  }

  /** What is typed while a draft is being sent must not be overwritten by what comes of the sending. */
  private inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.turns.then(work);
    this.turns = turn.catch(() => undefined);
    return turn;
  }

  private async write(kept: Kept): Promise<void> {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    const sealed = await crypto.subtle.encrypt(this.how(kept.id, iv), this.key, new TextEncoder().encode(JSON.stringify(kept)));
    const row: SealedRow = { id: kept.id, person: this.person, unsent: kept.unsent, iv, sealed };
    await run(this.database, "drafts", "readwrite", (drafts) => drafts.put(row));
  }

  private async unsealed(row: SealedRow): Promise<Kept | null> {
    try {
      const bytes = await crypto.subtle.decrypt(this.how(row.id, row.iv), this.key, row.sealed);
      return JSON.parse(new TextDecoder().decode(bytes)) as Kept;
    } catch {
      return null;
    }
  }

  /** Sealed for one person and one draft: a row that was moved opens for nobody. */
  private how(id: string, iv: Uint8Array<ArrayBuffer>): AesGcmParams {
    return { name: "AES-GCM", iv, additionalData: new TextEncoder().encode(`${this.person} ${id}`) };
  }
}

/** How many unsent drafts lie here, whether or not they can be opened. */
export async function unsentHere(): Promise<number> {
  const database = await open();
  return database ? (await allRows(database)).filter((row) => row.unsent).length : 0;
}

/** Forgets the key, and the drafts of whoever it was of: those that were sent, or all. */
export async function forget(all: boolean): Promise<void> {
  const database = await open();
  if (!database) {
    return;
  }

  const person = (await run<KeyRow | undefined>(database, "keys", "readonly", (keys) => keys.get("key")))?.person;
  for (const row of await allRows(database)) {
    if (row.person === person && (all || !row.unsent)) {
      await run(database, "drafts", "readwrite", (drafts) => drafts.delete(row.id));
    }
  }

  await run(database, "keys", "readwrite", (keys) => keys.clear());
}

/** The key, unless its time is over; then it is gone from here. */
async function keyRow(database: IDBDatabase): Promise<KeyRow | null> {
  const row = await run<KeyRow | undefined>(database, "keys", "readonly", (keys) => keys.get("key"));
  if (row && row.until <= Date.now()) {
    await run(database, "keys", "readwrite", (keys) => keys.clear());
    return null;
  }

  return row ?? null;
}

let opened: Promise<IDBDatabase | null> | undefined;

function open(): Promise<IDBDatabase | null> {
  return (opened ??= new Promise((resolve) => {
    try {
      if (!crypto.subtle) {
        resolve(null);
        return;
      }

      const request = indexedDB.open("caseplanning", 1);
      request.onupgradeneeded = () => {
        request.result.createObjectStore("drafts", { keyPath: "id" });
        request.result.createObjectStore("keys", { keyPath: "id" });
      };
      request.onsuccess = () => resolve(request.result);
      request.onerror = request.onblocked = () => resolve(null);
    } catch {
      // Some browsers throw where site data is blocked.
      resolve(null);
    }
  }));
}

function allRows(database: IDBDatabase): Promise<SealedRow[]> {
  return run<SealedRow[]>(database, "drafts", "readonly", (drafts) => drafts.getAll());
}

function run<T>(database: IDBDatabase, store: string, mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest): Promise<T> {
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(store, mode);
    const request = ask(transaction.objectStore(store));
    transaction.oncomplete = () => resolve(request.result as T);
    transaction.onerror = transaction.onabort = () => reject(transaction.error ?? new Error("The browser could not keep it."));
  });
}
