import type { MessageContent, Outbox, OutboxItem, RequestContent, Sending } from '../api.js';
import { limits, type MessageReceived, type RequestChanged } from '../contract.js';
import type { Source } from '../engine.js';
import { ChatHubError } from '../errors.js';
import { newClientId } from './client-ids.js';
import type { SendOutcome, SendResult } from './outbox-sender.js';

interface Waiting {
  readonly item: OutboxItem;
  resolve(result: SendResult): void;
  reject(failure: ChatHubError): void;
}

/** The outbox as the application sees it: what it has sent shows at once, also before there is a source that stores it. */
export class LocalOutbox implements Outbox {
  readonly #onChange: (items: readonly OutboxItem[]) => void;
  readonly #waiting = new Map<string, Waiting>();
  /** Sent here, and not yet among the items of the source. */
  readonly #unconfirmed = new Map<string, OutboxItem>();
  #source: Source | undefined;
  #connected: (source: Source) => void = () => {};
  readonly #whenConnected = new Promise<Source>((resolve) => (this.#connected = resolve));
  #stored: readonly OutboxItem[] = [];
  #items: readonly OutboxItem[] = [];

  constructor(onChange: (items: readonly OutboxItem[]) => void) {
    this.#onChange = onChange;
  }

  get items(): readonly OutboxItem[] {
    return this.#items;
  }

  connect(source: Source): void {
    this.#source = source;
    this.#connected(source);
  }

  send(content: MessageContent): Sending<MessageReceived>;
  send(content: RequestContent): Sending<RequestChanged>;
  send(content: MessageContent | RequestContent): Sending<MessageReceived> | Sending<RequestChanged> {
    const item: OutboxItem = { clientId: newClientId(), content: checked(content), addedAt: new Date().toISOString(), state: 'pending' };
    const result = new Promise<SendResult>((resolve, reject) => this.#waiting.set(item.clientId, { item, resolve, reject }));
    this.#unconfirmed.set(item.clientId, item);
    this.#update();
    const stored = this.#whenConnected.then((source) => source.add(item));
    stored.catch(() => {});
    result.catch(() => {});
    return { clientId: item.clientId, stored, result: result as Promise<MessageReceived> };
  }

  retry(clientId: string): void {
    this.#source?.retry(clientId);
  }

  discard(clientId: string): void {
    this.#source?.discard(clientId);
  }

  onItems(items: readonly OutboxItem[]): void {
    this.#stored = items;
    for (const item of items) this.#unconfirmed.delete(item.clientId);
    this.#update();
  }

  /**
   * The former leader may have sent an item and gone before it could say so. Added again, it is sent with the same clientId,
   * and the server answers as before; what the next leader has in its storage is not added twice.
   */
  onLeaderChanged(): void {
    for (const { item } of this.#waiting.values()) this.#source?.add(item).catch(() => {});
  }

  onOutcome(clientId: string, outcome: SendOutcome): void {
    const waiting = this.#waiting.get(clientId);
    this.#waiting.delete(clientId);
    if ('result' in outcome) waiting?.resolve(outcome.result);
    else waiting?.reject(outcome.failure);
    if (this.#unconfirmed.delete(clientId)) this.#update();
  }

  #update(): void {
    this.#items = [...this.#stored, ...this.#unconfirmed.values()];
    this.#onChange(this.#items);
  }
}

/** The text trimmed, as the server does. */
function checked<Content extends MessageContent | RequestContent>(content: Content): Content {
  const text = content.text.trim();
  const max = 'conversationId' in content ? limits.messageTextMax : limits.requestTextMax;
  if (text.length === 0) throw new ChatHubError('invalid_argument', 'The text is empty.');
  if (text.length > max && [...text].length > max) throw new ChatHubError('invalid_argument', `The text has more than ${max} characters.`);
  return { ...content, text };
}
