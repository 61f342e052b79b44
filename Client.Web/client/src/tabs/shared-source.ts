import type { ClientState, OutboxItem, Update } from '../api.js';
import type { HubMethod, InputOf, ResultOf } from '../contract.js';
import { Engine, type EngineOptions, type Source, type SourceHandlers } from '../engine.js';
import { ChatHubError } from '../errors.js';
import type { InboxState } from '../inbox.js';
import type { SendOutcome } from '../sending/outbox-sender.js';
import type { DeliveredMarks } from '../updates/delivered.js';
import { begin, type SequencerState } from '../updates/sequencer.js';
import { FollowerPosition, updatesOf } from './follower-position.js';
import { fromPlain, toPlain, type TabMessage, type TabRequest, type TabStatus } from './messages.js';
import { PendingRequests } from './pending-requests.js';

/** What the browser gives to the tabs of one origin; the tests have their own. */
export interface TabPlatform {
  /** Runs `lead` while the lock is held, which ends with it, or with the tab. */
  requestLock(name: string, signal: AbortSignal, lead: () => Promise<void>): Promise<void>;
  openChannel(name: string, onMessage: (message: TabMessage) => void): { post(message: TabMessage): void; close(): void };
}

/** Milliseconds after becoming the leader in which the last messages of the former one arrive. */
const handOverWait = 50;

/** How many requests the leader remembers, so that one that was sent twice is carried out once. */
const maxRemembered = 1_000;

/**
 * The connection that the tabs of one user share. The tab that holds the lock leads: it has the engine, publishes its updates
 * to the others, and carries out their requests. When it ends, another tab gets the lock and goes on where the updates ended.
 */
export class SharedSource implements Source {
  readonly #id = crypto.getRandomValues(new Uint32Array(4)).join('-');
  readonly #options: EngineOptions;
  readonly #handlers: SourceHandlers;
  readonly #inbox: () => InboxState;
  readonly #channel: ReturnType<TabPlatform['openChannel']>;
  readonly #stopping = new AbortController();
  readonly #requests = new PendingRequests();
  readonly #position = new FollowerPosition();
  readonly #carriedOut = new Set<string>();
  #leader: string | undefined;
  #engine: Engine | undefined;
  #leading: Promise<void>;
  #status: TabStatus = { state: 'connecting' };
  #items: readonly OutboxItem[] = [];
  #state: SequencerState = begin('', 0);

  constructor(name: string, platform: TabPlatform, options: EngineOptions, handlers: SourceHandlers, inbox: () => InboxState) {
    this.#options = options;
    this.#handlers = handlers;
    this.#inbox = inbox;
    this.#channel = platform.openChannel(name, (message) => this.#onMessage(message));
    this.#channel.post({ kind: 'join', from: this.#id });
    this.#leading = platform.requestLock(name, this.#stopping.signal, () => this.#lead()).catch(() => {});
  }

  async call<Method extends HubMethod>(method: Method, input: InputOf<Method>): Promise<ResultOf<Method>> {
    return this.#engine ? this.#engine.call(method, input) : (await this.#request({ type: 'call', method, input })) as ResultOf<Method>;
  }

  async add(item: OutboxItem): Promise<void> {
    await (this.#engine ? this.#engine.add(item) : this.#request({ type: 'add', item }));
  }

  retry(clientId: string): void {
    if (this.#engine) this.#engine.retry(clientId);
    else this.#request({ type: 'retry', clientId }).catch(() => {});
  }

  discard(clientId: string): void {
    if (this.#engine) this.#engine.discard(clientId);
    else this.#request({ type: 'discard', clientId }).catch(() => {});
  }

  async stop(): Promise<void> {
    this.#end(new ChatHubError('unreachable', 'The client was stopped.'));
    await this.#engine?.stop();
    await this.#leading;
    this.#channel.close();
    this.#handlers.onState('ended', undefined);
  }

  // Leading

  /** Resolves when this tab's engine has ended: another tab leads then. */
  async #lead(): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, handOverWait));
    if (this.#stopping.signal.aborted) return;
    const resumed = this.#position.resumable;
    this.#leader = this.#id;
    if (resumed) this.#state = resumed;
    this.#engine = new Engine(this.#options, {
      onUpdates: (updates, state) => this.#publish(updates, state),
      onState: (state, endReason) => this.#publishStatus(state, endReason),
      onItems: (items) => this.#publishItems(items),
      onOutcome: (clientId, outcome) => this.#publishOutcome(clientId, outcome),
    });
    this.#engine.start(resumed);
    this.#channel.post({ kind: 'leader', from: this.#id, position: resumed && { epoch: resumed.epoch, version: resumed.version } });
    this.#requests.repeat((request) => this.#carryOut(request));
    this.#handlers.onLeaderChanged?.();
    await this.#engine.ended;
  }

  #publish(updates: readonly Update[], state: SequencerState): void {
    const delivered = changedMarks(this.#state.delivered, state.delivered);
    const position = { epoch: state.epoch, version: state.version };
    this.#state = state;
    // After a hand-over the first ones may have been delivered in this tab already.
    const accepted = this.#position.accept(updates, position, delivered);
    if (accepted.length > 0) this.#handlers.onUpdates(accepted, state);
    this.#channel.post({ kind: 'updates', from: this.#id, updates, position, delivered });
  }

  #publishStatus(state: ClientState, endReason: ChatHubError | undefined): void {
    this.#status = endReason ? { state, endReason: toPlain(endReason) } : { state };
    // A leader that is stopped leaves the others a connection to make again, not an end.
    const isHandedOver = state === 'ended' && !endReason;
    this.#channel.post({ kind: 'status', from: this.#id, status: isHandedOver ? { state: 'reconnecting' } : this.#status });
    if (!isHandedOver) this.#handlers.onState(state, endReason);
  }

  #publishItems(items: readonly OutboxItem[]): void {
    this.#items = items;
    this.#channel.post({ kind: 'items', from: this.#id, items });
    this.#handlers.onItems(items);
  }

  #publishOutcome(clientId: string, outcome: SendOutcome): void {
    this.#channel.post({
      kind: 'outcome', from: this.#id, clientId,
      ...('result' in outcome ? { result: outcome.result } : { failure: toPlain(outcome.failure) }),
    });
    this.#handlers.onOutcome(clientId, outcome);
  }

  async #carryOut(request: TabRequest): Promise<unknown> {
    const engine = this.#engine;
    if (!engine) throw new ChatHubError('unreachable', 'This tab has no connection.');
    switch (request.type) {
      case 'call':
        return engine.call(request.method, request.input as InputOf<HubMethod>);
      case 'add':
        return engine.add(request.item);
      case 'retry':
        return engine.retry(request.clientId);
      case 'discard':
        return engine.discard(request.clientId);
    }
  }

  async #respond(to: string, id: number, request: TabRequest): Promise<void> {
    const key = `${to} ${id}`;
    if (this.#carriedOut.has(key)) return;
    this.#carriedOut.add(key);
    for (const oldest of this.#carriedOut) {
      if (this.#carriedOut.size <= maxRemembered) break;
      this.#carriedOut.delete(oldest);
    }
    try {
      const result = await this.#carryOut(request);
      this.#channel.post({ kind: 'response', from: this.#id, to, id, result });
    } catch (error) {
      // A stopped leader leaves its requests to the next one.
      if (!this.#stopping.signal.aborted) this.#channel.post({ kind: 'response', from: this.#id, to, id, error: toPlain(error) });
    }
  }

  #sendSnapshot(to: string): void {
    this.#channel.post({
      kind: 'snapshot', from: this.#id, to,
      inbox: { ...this.#inbox(), messages: new Map(), typing: new Map() },
      position: { epoch: this.#state.epoch, version: this.#state.version },
      delivered: [...this.#state.delivered],
      status: this.#status,
      items: this.#items,
    });
  }

  // Following

  async #request(request: TabRequest): Promise<unknown> {
    this.#stopping.signal.throwIfAborted();
    return this.#requests.send(request, (id) => this.#channel.post({ kind: 'request', from: this.#id, id, request }));
  }

  #onMessage(message: TabMessage): void {
    if (this.#engine) this.#onMessageAsLeader(message);
    else this.#onMessageAsFollower(message);
  }

  #onMessageAsLeader(message: TabMessage): void {
    // What others ask for is up to the next leader, whose token may be a valid one.
    if (this.#status.state === 'ended') return;
    if (message.kind === 'join') this.#sendSnapshot(message.from);
    else if (message.kind === 'request') void this.#respond(message.from, message.id, message.request);
  }

  #onMessageAsFollower(message: TabMessage): void {
    if (this.#stopping.signal.aborted) return;
    switch (message.kind) {
      case 'leader':
        this.#onLeader(message.from, message.position);
        return;
      case 'snapshot':
        if (message.to === this.#id) this.#onSnapshot(message);
        return;
      case 'response':
        if (message.to === this.#id) this.#requests.settle(message.id, message.result, message.error && fromPlain(message.error));
        return;
      case 'join':
      case 'request':
        return;
    }

    // The end is for a tab that still waits for its snapshot, too.
    const isEnd = message.kind === 'status' && message.status.state === 'ended';
    if (message.from !== this.#leader && !isEnd) return;
    switch (message.kind) {
      case 'updates':
        this.#onUpdates(message.updates, message);
        return;
      case 'status':
        this.#onStatus(message.status);
        return;
      case 'items':
        this.#handlers.onItems(message.items);
        return;
      case 'outcome':
        this.#handlers.onOutcome(message.clientId, message.result ? { result: message.result } : { failure: fromPlain(message.failure ?? toPlain('')) });
        return;
    }
  }

  #onLeader(leader: string, position: { epoch: string; version: number } | undefined): void {
    if (this.#position.lacks(position)) {
      // Its updates make sense after its snapshot only.
      this.#leader = undefined;
      this.#channel.post({ kind: 'join', from: this.#id });
    } else {
      this.#leader = leader;
    }
    this.#requests.repeat((request, id) => this.#channel.post({ kind: 'request', from: this.#id, id, request }));
    this.#handlers.onLeaderChanged?.();
  }

  #onSnapshot(message: Extract<TabMessage, { kind: 'snapshot' }>): void {
    this.#leader = message.from;
    this.#onUpdates(updatesOf(message.inbox), message);
    this.#handlers.onItems(message.items);
    this.#onStatus(message.status);
  }

  #onUpdates(updates: readonly Update[], { position, delivered }: Pick<Extract<TabMessage, { kind: 'updates' }>, 'position' | 'delivered'>): void {
    const accepted = this.#position.accept(updates, position, delivered);
    if (accepted.length > 0) this.#handlers.onUpdates(accepted, begin(position.epoch, position.version));
  }

  #onStatus({ state, endReason }: TabStatus): void {
    const reason = endReason && fromPlain(endReason);
    // The server refuses the token of all tabs.
    if (state === 'ended' && reason) this.#end(reason);
    this.#handlers.onState(state, reason);
  }

  #end(reason: ChatHubError): void {
    this.#stopping.abort(reason);
    this.#requests.end(reason);
  }
}

function changedMarks(before: DeliveredMarks, after: DeliveredMarks): [string, { seq: number; change: number }][] {
  return before === after ? [] : [...after].filter(([conversationId, mark]) => before.get(conversationId) !== mark);
}
