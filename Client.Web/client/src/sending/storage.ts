import type { OutboxItem, OutboxStorage } from '../api.js';

/** IndexedDB where there is one, else memory. */
export function defaultStorage(): OutboxStorage {
  return typeof indexedDB === 'undefined' ? new MemoryStorage() : new IndexedDbStorage();
}

/** Lost with the page or the process. */
export class MemoryStorage implements OutboxStorage {
  readonly #accounts = new Map<string, Map<string, OutboxItem>>();

  async load(account: string): Promise<OutboxItem[]> {
    return sorted([...this.#of(account).values()]);
  }

  async put(account: string, item: OutboxItem): Promise<void> {
    this.#of(account).set(item.clientId, item);
  }

  async remove(account: string, clientId: string): Promise<void> {
    this.#of(account).delete(clientId);
  }

  #of(account: string): Map<string, OutboxItem> {
    const items = this.#accounts.get(account) ?? new Map<string, OutboxItem>();
    this.#accounts.set(account, items);
    return items;
  }
}

const databaseName = 'chathub';
const storeName = 'outbox';

/** One database for an origin; each item under its account and clientId. */
export class IndexedDbStorage implements OutboxStorage {
  #database: Promise<IDBDatabase> | undefined;

  async load(account: string): Promise<OutboxItem[]> {
    const range = IDBKeyRange.bound([account], [account, []]);
    return sorted(await this.#do<OutboxItem[]>('readonly', (store) => store.getAll(range)));
  }

  async put(account: string, item: OutboxItem): Promise<void> {
    await this.#do('readwrite', (store) => store.put(item, [account, item.clientId]));
  }

  async remove(account: string, clientId: string): Promise<void> {
    await this.#do('readwrite', (store) => store.delete([account, clientId]));
  }

  /** Completes with the transaction: then it is on disk. */
  async #do<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest): Promise<T> {
    this.#database ??= open();
    // A database that could not be opened is tried again the next time.
    const database = await this.#database.catch((error: unknown) => {
      this.#database = undefined;
      throw error;
    });
    return new Promise<T>((resolve, reject) => {
      const transaction = database.transaction(storeName, mode);
      const request = act(transaction.objectStore(storeName));
      transaction.oncomplete = () => resolve(request.result as T);
      transaction.onabort = transaction.onerror = () => reject(transaction.error ?? request.error);
    });
  }
}

function open(): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open(databaseName, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName);
    request.onerror = () => reject(request.error);
    request.onsuccess = () => {
      // Another version of the page wants to change the database: it must not wait for this one.
      request.result.onversionchange = () => request.result.close();
      resolve(request.result);
    };
  });
}

function sorted(items: OutboxItem[]): OutboxItem[] {
  return items.sort((a, b) => (a.addedAt < b.addedAt ? -1 : a.addedAt > b.addedAt ? 1 : a.clientId < b.clientId ? -1 : 1));
}
