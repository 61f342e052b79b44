import type { Update } from '../api.js';
import { limits, type Conversation, type HubMethod, type InputOf, type MessagePage, type Page, type Request, type ResultOf, type SyncPage } from '../contract.js';
import { ChatHubError } from '../errors.js';
import {
  begin, catchUp, catchUpLoading, connectionLost, holdTime, isBehind, load, observePosition, receive,
  type Sequenced, type SequencerState, type Step,
} from './sequencer.js';
import type { Signal, SignalQueue } from './signals.js';

/** Repeats until the server has answered. */
type Call = <Method extends HubMethod>(method: Method, input: InputOf<Method>) => Promise<ResultOf<Method>>;

/** Receives each batch of updates, with the state of the sequencer after all steps that were begun. */
type Publish = (updates: Update[], state: SequencerState) => void;

/**
 * Produces the application's updates: loads the inbox, follows live changes, and catches up by Sync when something was
 * missed. The sequencer decides; this waits, calls the server and publishes.
 */
export class UpdateLoop {
  readonly #call: Call;
  readonly #publish: Publish;
  readonly #signals: SignalQueue;
  readonly #stop: AbortSignal;
  readonly #replayUnseen: boolean;
  #state: SequencerState = begin('', 0);
  #gap = { version: -1, since: 0 };

  constructor(call: Call, signals: SignalQueue, publish: Publish, replayUnseen: boolean, stop: AbortSignal) {
    this.#call = call;
    this.#signals = signals;
    this.#publish = publish;
    this.#replayUnseen = replayUnseen;
    this.#stop = stop;
  }

  /**
   * Runs until it is stopped or fails.
   * @param resumed Where another client of the same user has ended: what changed since is caught up.
   */
  async run(resumed?: SequencerState): Promise<void> {
    if (resumed) {
      this.#state = connectionLost(resumed);
      await this.#catchUp();
    } else {
      await this.#load();
    }
    for (;;) {
      await this.#follow();
      await this.#catchUp();
    }
  }

  /** Reads the lists, then by Sync what changed while they were read. */
  async #load(): Promise<void> {
    do {
      const me = await this.#call('GetMe', {});
      this.#state = begin(me.epoch, me.version);
      this.#publish([{ type: 'cleared' }, { type: 'me', me }], this.#state);
      await this.#loadLists();
    } while (!(await this.#sync((page) => catchUpLoading(this.#state, page, this.#replayUnseen))));
    this.#publish([{ type: 'ready' }], this.#state);
  }

  /**
   * Conversations come first: an application may accept a request as soon as it gets it, and a conversation that is opened
   * so is new, not one that existed before.
   */
  async #loadLists(): Promise<void> {
    for (const archived of [false, true]) {
      let cursor: string | null | undefined;
      do cursor = await this.#loadConversations({ ...(archived ? { archived } : {}), ...(cursor ? { cursor } : {}) });
      while (cursor);
    }

    await this.#loadRequests({ direction: 'incoming', state: 'pending' });
    await this.#loadRequests({ direction: 'outgoing', state: 'pending' });
    await this.#loadRequests({ direction: 'incoming', state: 'pending', folder: 'filtered' });
  }

  async #loadConversations(input: InputOf<'ListConversations'>): Promise<string | null | undefined> {
    const page: Page<Conversation> = await this.#call('ListConversations', { ...input, limit: limits.pageMax });
    await this.#execute(load(this.#state, page.items, this.#replayUnseen));
    return page.nextCursor;
  }

  async #loadRequests(input: InputOf<'ListRequests'>): Promise<void> {
    let cursor: string | null | undefined;
    do {
      const page: Page<Request> = await this.#call('ListRequests', { ...input, ...(cursor ? { cursor } : {}), limit: limits.pageMax });
      this.#publish(page.items.map((request) => ({ type: 'request', request })), this.#state);
      cursor = page.nextCursor;
    } while (cursor);
  }

  async #catchUp(): Promise<void> {
    if (await this.#sync((page) => catchUp(this.#state, page))) this.#publish([{ type: 'ready' }], this.#state);
    else await this.#load();
  }

  /** @returns False when the server has another epoch. */
  async #sync(receivePage: (page: SyncPage) => Sequenced): Promise<boolean> {
    for (;;) {
      const page = await this.#call('Sync', { epoch: this.#state.epoch, after: this.#state.version, limit: limits.pageMax });
      if (page.reset) return false;
      await this.#execute(receivePage(page));
      if (!page.hasMore) return true;
    }
  }

  /** Publishes live changes until something was missed. */
  async #follow(): Promise<void> {
    for (;;) {
      for (let signal = this.#signals.read(); signal; signal = this.#signals.read()) {
        if (signal.type === 'connected') {
          this.#state = connectionLost(this.#state);
          this.#clearPresence();
          return;
        }
        await this.#receive(signal);
      }

      if (this.#signals.takeOverflow()) {
        this.#clearPresence();
        return;
      }
      const wait = isBehind(this.#state) ? this.#remainingHoldTime() : undefined;
      if (this.#state.isEpochStale || wait === 0 || !(await this.#signals.wait(this.#stop, wait))) return;
    }
  }

  /** Presence is not stored: catching up does not bring back what was missed. */
  #clearPresence(): void {
    this.#publish([{ type: 'presenceCleared' }], this.#state);
  }

  async #receive(signal: Exclude<Signal, { type: 'connected' }>): Promise<void> {
    switch (signal.type) {
      case 'change':
        await this.#execute(receive(this.#state, signal.change));
        return;
      case 'position':
        this.#state = observePosition(this.#state, signal.position);
        return;
      case 'transient':
        this.#publish([signal.update], this.#state);
        return;
    }
  }

  /** The hold time restarts whenever the version advances: a busy stream slightly out of order is not behind. */
  #remainingHoldTime(): number {
    const now = Date.now();
    if (this.#gap.version !== this.#state.version) this.#gap = { version: this.#state.version, since: now };
    return Math.max(0, holdTime - (now - this.#gap.since));
  }

  /** Until the last step is carried out, others see the state before: carried out again, the steps do no harm. */
  async #execute({ state, steps }: Sequenced): Promise<void> {
    const before = this.#state;
    let updates: Update[] = [];
    for (const step of steps) {
      if (step.type === 'publish') {
        updates.push(step.update);
        continue;
      }
      if (updates.length > 0) this.#publish(updates, before);
      updates = [];
      await this.#fetch(step, before);
    }
    this.#state = state;
    if (updates.length > 0 || state !== before) this.#publish(updates, state);
  }

  async #fetch(step: Exclude<Step, { type: 'publish' }>, state: SequencerState): Promise<void> {
    if (step.type === 'fetch') await this.#fetchMessages(step, state);
    else await this.#fetchChanges(step, state);
  }

  async #fetchMessages({ conversationId, after, upTo }: Extract<Step, { type: 'fetch' }>, state: SequencerState): Promise<void> {
    for (let last = after; last < upTo; ) {
      const { items } = await this.#readMessages({ conversationId, after: last, limit: Math.min(limits.pageMax, upTo - last) });
      if (items.length === 0) return;
      // Where some were cleared meanwhile, the page begins behind them and reaches beyond what is missing.
      const missing = items.filter((message) => message.seq <= upTo);
      if (missing.length > 0) this.#publish(missing.map((message) => ({ type: 'message', message })), state);
      last = items.at(-1)?.seq ?? upTo;
    }
  }

  async #fetchChanges({ conversationId, after }: Extract<Step, { type: 'fetchChanges' }>, state: SequencerState): Promise<void> {
    for (let last = after, hasMore = true; hasMore; ) {
      const page = await this.#readMessages({ conversationId, changedAfter: last, limit: limits.pageMax });
      if (page.items.length > 0) {
        this.#publish(page.items.map((message) => ({ type: 'messageChanged', message, lastChange: message.change ?? 0 })), state);
      }
      last = page.items.at(-1)?.change ?? last;
      hasMore = page.hasMore;
    }
  }

  async #readMessages(input: InputOf<'GetMessages'>): Promise<MessagePage> {
    try {
      return await this.#call('GetMessages', input);
    } catch (error) {
      // The database was restored to a time before the conversation: the next Sync says reset.
      if (error instanceof ChatHubError && error.code === 'conversation_not_found') return { items: [], hasMore: false };
      throw error;
    }
  }
}
