import type { Update } from './api.js';
import type { HubMethod, InputOf, ResultOf } from './contract.js';
import { notify } from './emitter.js';
import { applyUpdates, emptyInbox, expireTyping, type InboxState } from './inbox.js';
import { afterPage, loadingWindow, type MessageWindow } from './message-window.js';

/** The inbox with subscriptions. Listeners run synchronously after each batch of updates; one that throws does not keep the others from running. */
export interface InboxStore {
  readonly state: InboxState;
  subscribe(listener: (state: InboxState) => void): () => void;
  /** Loads the latest messages of a conversation, and keeps them up to date until it is closed. */
  openConversation(conversationId: string, limit?: number): Promise<void>;
  /** Loads the page of messages before those that are loaded. */
  loadEarlier(conversationId: string, limit?: number): Promise<void>;
  /** Forgets the messages of a conversation. */
  closeConversation(conversationId: string): void;
}

type Call = <Method extends HubMethod>(method: Method, input: InputOf<Method>) => Promise<ResultOf<Method>>;

const defaultPage = 50;

export class Store implements InboxStore {
  readonly #call: Call;
  readonly #listeners = new Set<(state: InboxState) => void>();
  /** The opened conversations, with the size of their first page. */
  readonly #opened = new Map<string, number>();
  readonly #loadingEarlier = new Map<string, Promise<void>>();
  #state = emptyInbox;
  #typingTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(call: Call) {
    this.#call = call;
  }

  get state(): InboxState {
    return this.#state;
  }

  subscribe(listener: (state: InboxState) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  apply(updates: readonly Update[]): void {
    this.#set(applyUpdates(this.#state, updates));
    this.#expireTyping();
    if (updates.some((update) => update.type === 'ready')) this.#reopen();
  }

  async openConversation(conversationId: string, limit = defaultPage): Promise<void> {
    this.#opened.set(conversationId, limit);
    if (!this.#window(conversationId)) await this.#loadLatest(conversationId, limit);
  }

  loadEarlier(conversationId: string, limit = defaultPage): Promise<void> {
    const running = this.#loadingEarlier.get(conversationId);
    if (running) return running;
    const loading = this.#loadEarlier(conversationId, limit).finally(() => this.#loadingEarlier.delete(conversationId));
    this.#loadingEarlier.set(conversationId, loading);
    return loading;
  }

  closeConversation(conversationId: string): void {
    this.#opened.delete(conversationId);
    this.#setWindow(conversationId, undefined);
  }

  async #loadLatest(conversationId: string, limit: number): Promise<void> {
    this.#setWindow(conversationId, loadingWindow);
    try {
      await this.#addPage(conversationId, { conversationId, limit });
    } catch (error) {
      if (this.#window(conversationId)?.isLoading) this.#setWindow(conversationId, undefined);
      throw error;
    }
  }

  async #loadEarlier(conversationId: string, limit: number): Promise<void> {
    const window = this.#window(conversationId);
    const first = window?.items[0];
    if (first && window.hasEarlier && !window.isLoading) await this.#addPage(conversationId, { conversationId, before: first.seq, limit });
  }

  async #addPage(conversationId: string, input: InputOf<'GetMessages'>): Promise<void> {
    const page = await this.#call('GetMessages', input);
    const window = this.#window(conversationId);
    // Closed, or everything was discarded, meanwhile.
    if (!window || (input.before !== undefined && window.items[0]?.seq !== input.before)) return;
    const conversation = this.#state.conversations.get(conversationId);
    this.#setWindow(conversationId, afterPage(window, page.items, page.hasMore, conversation?.peerSeenSeq ?? 0, conversation?.peer.userId));
  }

  /** After everything was discarded, opened conversations are read again. */
  #reopen(): void {
    for (const [conversationId, limit] of this.#opened) {
      if (!this.#window(conversationId)) this.#loadLatest(conversationId, limit).catch(() => this.closeConversation(conversationId));
    }
  }

  #window(conversationId: string): MessageWindow | undefined {
    return this.#state.messages.get(conversationId);
  }

  #setWindow(conversationId: string, window: MessageWindow | undefined): void {
    const messages = new Map(this.#state.messages);
    if (window) messages.set(conversationId, window);
    else messages.delete(conversationId);
    this.#set({ ...this.#state, messages });
  }

  #expireTyping(): void {
    if (this.#typingTimer !== undefined || this.#state.typing.size === 0) return;
    const next = Math.min(...this.#state.typing.values());
    this.#typingTimer = setTimeout(() => {
      this.#typingTimer = undefined;
      this.#set(expireTyping(this.#state));
      this.#expireTyping();
    }, Math.max(0, next - Date.now()));
  }

  #set(state: InboxState): void {
    if (state === this.#state) return;
    this.#state = state;
    for (const listener of this.#listeners) notify(listener, state);
  }
}
