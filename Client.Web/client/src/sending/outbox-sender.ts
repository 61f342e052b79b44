import type { MessageContent, OutboxItem, OutboxStorage, RequestContent } from '../api.js';
import type { MessageReceived, RequestChanged } from '../contract.js';
import { ChatHubError } from '../errors.js';
import type { Calls } from '../connection/calls.js';

export type SendResult = MessageReceived | RequestChanged;

/** What became of an item: the server's response, or why it was refused. */
export type SendOutcome = { result: SendResult } | { failure: ChatHubError };

export interface OutboxHandlers {
  onItems(items: readonly OutboxItem[]): void;
  onOutcome(clientId: string, outcome: SendOutcome): void;
}

// The server carries out a limited number of calls per connection at once; the application needs its share.
const maxConcurrentSends = 4;

// The server keeps idempotency keys for at least 24 hours. Resent later, an item might be stored twice.
const maxResendAge = 23 * 3_600_000;

/**
 * Sends what is in the outbox: one item at a time in each conversation, in order, and resends it with the same clientId until
 * the server responds. What is refused stays as failed.
 */
export class OutboxSender {
  readonly #storage: OutboxStorage;
  readonly #account: string;
  readonly #calls: Calls;
  readonly #handlers: OutboxHandlers;
  readonly #stop: AbortSignal;
  readonly #lanes = new Set<string>();
  readonly #waiting: (() => void)[] = [];
  #free = maxConcurrentSends;
  #items: readonly OutboxItem[] = [];

  constructor(storage: OutboxStorage, account: string, calls: Calls, handlers: OutboxHandlers, stop: AbortSignal) {
    this.#storage = storage;
    this.#account = account;
    this.#calls = calls;
    this.#handlers = handlers;
    this.#stop = stop;
  }

  get items(): readonly OutboxItem[] {
    return this.#items;
  }

  /** Resumes what an earlier page left. A storage that cannot be read costs only that. */
  async open(): Promise<void> {
    const stored = await this.#storage.load(this.#account).catch(() => []);
    const added = new Set(this.#items.map((item) => item.clientId));
    this.#set([...stored.filter((item) => !added.has(item.clientId)), ...this.#items]);
    for (const item of this.#items) this.#send(item);
  }

  /** Adds an item, unless it was added before. Resolves when it is stored; it is sent then, or when storing has failed. */
  async add(item: OutboxItem): Promise<void> {
    if (this.#find(item.clientId)) return;
    this.#set([...this.#items, item]);
    try {
      await this.#storage.put(this.#account, item);
    } finally {
      this.#send(item);
    }
  }

  retry(clientId: string): void {
    const item = this.#find(clientId);
    if (item?.state !== 'failed') return;
    const again: OutboxItem = { clientId, content: item.content, addedAt: new Date().toISOString(), state: 'pending' };
    this.#set([...this.#without(clientId), again]);
    this.#store(again);
    this.#send(again);
  }

  discard(clientId: string): void {
    if (this.#find(clientId)?.state === 'failed') this.#remove(clientId);
  }

  #send(item: OutboxItem): void {
    const lane = laneOf(item);
    if (this.#lanes.has(lane)) return;
    this.#lanes.add(lane);
    void this.#sendLane(lane);
  }

  /** Sends what is pending for one conversation or recipient, until nothing is left. */
  async #sendLane(lane: string): Promise<void> {
    try {
      for (let item = this.#nextOf(lane); item && (await this.#settle(item)); item = this.#nextOf(lane));
    } finally {
      // At once: an item that is added or retried a moment later would be left to a lane that has looked already.
      this.#lanes.delete(lane);
    }
  }

  #nextOf(lane: string): OutboxItem | undefined {
    return this.#items.find((item) => item.state === 'pending' && laneOf(item) === lane);
  }

  /** @returns Whether the next item may follow. */
  async #settle(item: OutboxItem): Promise<boolean> {
    try {
      const result = await this.#attempt(item);
      this.#remove(item.clientId);
      this.#handlers.onOutcome(item.clientId, { result });
    } catch (error) {
      // Not a failure of this item: it stays for the next run.
      if (this.#stop.aborted || !(error instanceof ChatHubError) || error.code === 'unauthenticated') return false;
      this.#fail(item.clientId, error);
    }
    return true;
  }

  async #attempt(item: OutboxItem): Promise<SendResult> {
    await this.#takeSlot();
    try {
      const { clientId, content } = item;
      const before = () => this.#beforeAttempt(clientId);
      return 'conversationId' in content
        ? await this.#calls.untilAnswered('SendMessage', { ...content, clientId }, this.#stop, before)
        : await this.#calls.untilAnswered('SendRequest', { ...content, clientId }, this.#stop, before);
    } finally {
      this.#releaseSlot();
    }
  }

  async #beforeAttempt(clientId: string): Promise<void> {
    const item = this.#find(clientId);
    if (!item) return;
    if (item.attemptedAt === undefined) {
      const attempted = { ...item, attemptedAt: new Date().toISOString() };
      this.#replace(attempted);
      await this.#storage.put(this.#account, attempted).catch(() => {});
    } else if (Date.now() - Date.parse(item.attemptedAt) > maxResendAge) {
      throw new ChatHubError('conflict', 'It was sent without a response so long ago that resending it might store it twice.');
    }
  }

  #fail(clientId: string, failure: ChatHubError): void {
    const item = this.#find(clientId);
    if (!item) return;
    const failed: OutboxItem = { ...item, state: 'failed', failure: { code: failure.code, message: failure.message } };
    this.#replace(failed);
    this.#store(failed);
    this.#handlers.onOutcome(clientId, { failure });
  }

  #remove(clientId: string): void {
    this.#set(this.#without(clientId));
    // Lost, this at worst causes a resend with the same clientId.
    this.#storage.remove(this.#account, clientId).catch(() => {});
  }

  #store(item: OutboxItem): void {
    this.#storage.put(this.#account, item).catch(() => {});
  }

  #find(clientId: string): OutboxItem | undefined {
    return this.#items.find((item) => item.clientId === clientId);
  }

  #without(clientId: string): readonly OutboxItem[] {
    return this.#items.filter((item) => item.clientId !== clientId);
  }

  #replace(item: OutboxItem): void {
    this.#set(this.#items.map((other) => (other.clientId === item.clientId ? item : other)));
  }

  #set(items: readonly OutboxItem[]): void {
    this.#items = items;
    this.#handlers.onItems(items);
  }

  async #takeSlot(): Promise<void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #releaseSlot(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}

function laneOf({ content }: { content: MessageContent | RequestContent }): string {
  return 'conversationId' in content ? `conversation ${content.conversationId}` : `recipient ${content.recipientId}`;
}
