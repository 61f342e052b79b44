import type { ClientState, OutboxItem, OutboxStorage, Update } from './api.js';
import type { Change, HubEvents, HubMethod, InputOf, ResultOf } from './contract.js';
import { Backoff } from './connection/backoff.js';
import { Calls, type CallOptions } from './connection/calls.js';
import { Connection } from './connection/connection.js';
import type { Network } from './connection/network.js';
import type { TransportFactory } from './connection/transport.js';
import { ChatHubError } from './errors.js';
import { OutboxSender, type SendOutcome } from './sending/outbox-sender.js';
import { UpdateLoop } from './updates/loop.js';
import { SignalQueue } from './updates/signals.js';
import type { SequencerState } from './updates/sequencer.js';

/** What a client gets its updates from, and gives its calls to: an engine of its own, or that of another tab. */
export interface Source {
  call<Method extends HubMethod>(method: Method, input: InputOf<Method>): Promise<ResultOf<Method>>;
  /** Adds to the outbox, unless it was added before. Resolves when it is stored. */
  add(item: OutboxItem): Promise<void>;
  retry(clientId: string): void;
  discard(clientId: string): void;
  stop(): Promise<void>;
}

export interface SourceHandlers {
  onUpdates(updates: readonly Update[], state: SequencerState): void;
  onState(state: ClientState, endReason: ChatHubError | undefined): void;
  onItems(items: readonly OutboxItem[]): void;
  onOutcome(clientId: string, outcome: SendOutcome): void;
  /** Another tab has the connection now: what the former one has not said about the outbox is not known. */
  onLeaderChanged?(): void;
}

export interface EngineOptions extends Omit<CallOptions, 'backoff'> {
  account: string;
  accessToken: (refused?: string) => Promise<string>;
  transports: TransportFactory;
  network: Network;
  storage: OutboxStorage;
  backoff: Backoff;
  replayUnseen: boolean;
}

/** The event that a method's result stands for. */
const eventOfMethod: Partial<Record<HubMethod, Change['event']>> = {
  UpdateProfile: 'MeChanged', UpdateSettings: 'MeChanged',
  Block: 'BlockChanged', Unblock: 'BlockChanged',
  SendRequest: 'RequestChanged', AcceptRequest: 'RequestAccepted', DeleteRequest: 'RequestRemoved', DeleteRequests: 'RequestsRemoved',
  RestoreRequest: 'RequestRestored', WithdrawRequest: 'RequestChanged',
  OpenConversation: 'ConversationChanged', UpdateConversation: 'ConversationChanged', ClearConversation: 'ConversationChanged',
  SendMessage: 'MessageReceived', EditMessage: 'MessageChanged', RemoveMessage: 'MessageChanged', React: 'MessageChanged',
  MarkSeen: 'MessagesSeen',
};

/** One connection to the server, the updates that come of it, and the outbox. */
export class Engine implements Source {
  readonly #connection: Connection;
  readonly #calls: Calls;
  readonly #outbox: OutboxSender;
  readonly #loop: UpdateLoop;
  readonly #signals = new SignalQueue();
  readonly #stopping = new AbortController();
  #running: Promise<void> = Promise.resolve();

  constructor(options: EngineOptions, handlers: SourceHandlers) {
    const stop = this.#stopping.signal;
    this.#connection = new Connection(options, {
      onState: (state) => handlers.onState(state, this.#connection.endReason),
      onConnected: () => this.#signals.post({ type: 'connected' }),
      onEvent: (name, content) => this.#onEvent(name, content),
    });
    this.#calls = new Calls(this.#connection, options, (method, result) => this.#onResult(method, result));
    this.#outbox = new OutboxSender(options.storage, options.account, this.#calls, handlers, stop);
    this.#loop = new UpdateLoop(
      (method, input) => this.#calls.untilAnswered(method, input, stop), this.#signals,
      (updates, state) => handlers.onUpdates(updates, state), options.replayUnseen, stop);
  }

  /** @param resumed Where another tab's engine has ended. */
  start(resumed?: SequencerState): void {
    this.#running = Promise.all([this.#connect(), this.#outbox.open(), this.#followUpdates(resumed)]).then(() => {});
  }

  /** Resolves when it was stopped, or the server refuses the token. */
  get ended(): Promise<void> {
    return this.#running;
  }

  call<Method extends HubMethod>(method: Method, input: InputOf<Method>): Promise<ResultOf<Method>> {
    return this.#calls.call(method, input, this.#stopping.signal);
  }

  add(item: OutboxItem): Promise<void> {
    return this.#outbox.add(item);
  }

  retry(clientId: string): void {
    this.#outbox.retry(clientId);
  }

  discard(clientId: string): void {
    this.#outbox.discard(clientId);
  }

  async stop(): Promise<void> {
    this.#stopping.abort(stopped());
    this.#connection.stop();
    await this.#running;
  }

  /** Without a connection there is nothing to follow or to send: all of it ends when the connection does. */
  async #connect(): Promise<void> {
    await this.#connection.run();
    this.#stopping.abort(this.#connection.endReason ?? stopped());
  }

  /** It fails when the client ends; the connection's state says so. */
  async #followUpdates(resumed: SequencerState | undefined): Promise<void> {
    await this.#loop.run(resumed).catch((error: unknown) => this.#connection.fail(error));
  }

  #onEvent<Name extends keyof HubEvents>(name: Name, content: HubEvents[Name]): void {
    // The type of the content follows from the name, which the compiler does not see.
    const event = { name, content } as { [Each in keyof HubEvents]: { name: Each; content: HubEvents[Each] } }[keyof HubEvents];
    switch (event.name) {
      case 'Position':
        this.#signals.post({ type: 'position', position: event.content });
        return;
      case 'Typing':
        this.#signals.post({ type: 'transient', update: { type: 'typing', conversationId: event.content.conversationId, userId: event.content.userId } });
        return;
      case 'PresenceChanged':
        this.#signals.post({ type: 'transient', update: { type: 'presence', userId: event.content.userId, isOnline: event.content.isOnline } });
        return;
      case 'ServerDraining':
        return;
      default:
        this.#signals.post({ type: 'change', change: { event: event.name, content: event.content } as Change });
    }
  }

  /** The calling connection gets the result instead of the event. */
  #onResult(method: HubMethod, result: unknown): void {
    const event = eventOfMethod[method];
    if (event) this.#signals.post({ type: 'change', change: { event, content: result } as Change });
    if (method !== 'Report') return;
    const { blockChanged } = result as ResultOf<'Report'>;
    if (blockChanged) this.#signals.post({ type: 'change', change: { event: 'BlockChanged', content: blockChanged } });
  }
}

function stopped(): ChatHubError {
  return new ChatHubError('unreachable', 'The client was stopped.');
}
