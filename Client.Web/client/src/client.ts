import type { ChatHubClient, ChatHubClientOptions, ClientEvents, ClientState, Outbox, Update } from './api.js';
import type { Hub, HubMethod, InputOf, ResultOf } from './contract.js';
import { Backoff } from './connection/backoff.js';
import { browserNetwork, type Network } from './connection/network.js';
import { claimsOf } from './connection/tokens.js';
import { SignalRTransports, type TransportFactory } from './connection/transport.js';
import { delay, inTime } from './connection/waiting.js';
import { Engine, type EngineOptions, type Source, type SourceHandlers } from './engine.js';
import { ChatHubError } from './errors.js';
import { Emitter } from './emitter.js';
import { LocalOutbox } from './sending/local-outbox.js';
import { defaultStorage } from './sending/storage.js';
import { Store } from './store.js';
import { browserTabs } from './tabs/browser-platform.js';
import { SharedSource, type TabPlatform } from './tabs/shared-source.js';

/** What the tests replace. */
export interface Platform {
  transports: TransportFactory;
  network: Network;
  tabs: TabPlatform | undefined;
}

/** Creates the client; `start` connects it. */
export function createChatHubClient(options: ChatHubClientOptions): ChatHubClient {
  return new Client(options, {
    transports: new SignalRTransports(options.url, options.protocol ?? 'messagepack'),
    network: browserNetwork,
    tabs: options.sharesConnection === false ? undefined : browserTabs(),
  });
}

export class Client implements ChatHubClient {
  readonly store: Store;
  readonly hub: Hub;
  readonly #options: ChatHubClientOptions;
  readonly #platform: Platform;
  readonly #backoff: Backoff;
  readonly #events = new Emitter<ClientEvents>();
  readonly #outbox: LocalOutbox;
  readonly #stopping = new AbortController();
  readonly #started: Promise<Source>;
  #resolveStarted: (source: Source) => void = () => {};
  #rejectStarted: (reason: ChatHubError) => void = () => {};
  #state: ClientState = 'offline';
  #endReason: ChatHubError | undefined;
  #wasOnline = false;
  #isStarted = false;

  constructor(options: ChatHubClientOptions, platform: Platform) {
    this.#options = options;
    this.#platform = platform;
    this.#backoff = new Backoff(options.initialRetryDelay ?? 1_000, options.maxRetryDelay ?? 30_000);
    this.store = new Store((method, input) => this.call(method, input));
    this.#outbox = new LocalOutbox((items) => this.#events.emit('outbox', items));
    this.#started = new Promise((resolve, reject) => {
      this.#resolveStarted = resolve;
      this.#rejectStarted = reject;
    });
    this.#started.catch(() => {});
    this.hub = new Proxy({} as Hub, {
      // A promise is not among the methods, so that the hub can be awaited with others.
      get: (_, method) => method === 'then' ? undefined : (input: object = {}) => this.call(method as HubMethod, input as InputOf<HubMethod>),
    });
  }

  get state(): ClientState {
    return this.#state;
  }

  get endReason(): ChatHubError | undefined {
    return this.#endReason;
  }

  get userId(): string | undefined {
    return this.store.state.me?.user.userId;
  }

  get outbox(): Outbox {
    return this.#outbox;
  }

  start(): void {
    if (this.#isStarted) throw new Error('The client was started already.');
    this.#isStarted = true;
    this.#setState('connecting', undefined);
    void this.#begin();
  }

  async stop(): Promise<void> {
    const stopped = new ChatHubError('unreachable', 'The client was stopped.');
    this.#stopping.abort(stopped);
    this.#rejectStarted(stopped);
    await (await this.#started.catch(() => undefined))?.stop();
    this.#setState('ended', this.#endReason);
  }

  async call<Method extends HubMethod>(method: Method, input: InputOf<Method>): Promise<ResultOf<Method>> {
    return (await this.#sourceInTime()).call(method, input);
  }

  on<Name extends keyof ClientEvents>(name: Name, handler: (event: ClientEvents[Name]) => void): () => void {
    return this.#events.on(name, handler);
  }

  async #begin(): Promise<void> {
    try {
      const account = this.#options.account ?? (await this.#accountOfToken());
      this.#stopping.signal.throwIfAborted();
      const source = this.#createSource(account);
      this.#outbox.connect(source);
      this.#resolveStarted(source);
    } catch (error) {
      const reason = error instanceof ChatHubError ? error : new ChatHubError('internal_error', String(error));
      this.#rejectStarted(reason);
      this.#setState('ended', this.#stopping.signal.aborted ? undefined : reason);
    }
  }

  #createSource(account: string): Source {
    const { accessToken, storage, replayUnseen, maxReconnectWait, maxRateLimitWait } = this.#options;
    const options: EngineOptions = {
      account: `${this.#options.url} ${account}`,
      accessToken,
      transports: this.#platform.transports,
      network: this.#platform.network,
      storage: storage ?? defaultStorage(),
      backoff: this.#backoff,
      replayUnseen: replayUnseen ?? false,
      maxReconnectWait: maxReconnectWait ?? 30_000,
      maxRateLimitWait: maxRateLimitWait ?? 30_000,
    };
    const handlers: SourceHandlers = {
      onUpdates: (updates) => this.#apply(updates),
      onState: (state, endReason) => this.#setState(state, endReason),
      onItems: (items) => this.#outbox.onItems(items),
      onOutcome: (clientId, outcome) => this.#outbox.onOutcome(clientId, outcome),
      onLeaderChanged: () => this.#outbox.onLeaderChanged(),
    };
    if (this.#platform.tabs) return new SharedSource(`chathub ${options.account}`, this.#platform.tabs, options, handlers, () => this.store.state);
    const engine = new Engine(options, handlers);
    engine.start();
    return engine;
  }

  /** Whose outbox and tabs these are, is known by the token: without a network it may take a while to get one. */
  async #accountOfToken(): Promise<string> {
    for (let failures = 0; ; failures++) {
      try {
        return claimsOf(await this.#options.accessToken()).sub ?? '';
      } catch (error) {
        if (error instanceof ChatHubError && error.code === 'unauthenticated') throw error;
        await delay(this.#backoff.after(error, failures), this.#stopping.signal);
      }
    }
  }

  #sourceInTime(): Promise<Source> {
    return inTime(this.#started, this.#options.maxReconnectWait ?? 30_000, 'There is no connection to the server.');
  }

  /** The store is up to date when the handlers of an update run. */
  #apply(updates: readonly Update[]): void {
    this.store.apply(updates);
    for (const update of updates) {
      this.#events.emit('update', update);
      if (update.type === 'typing') this.#events.emit('typing', update);
      if (update.type === 'presence') this.#events.emit('presence', update);
    }
  }

  #setState(state: ClientState, endReason: ChatHubError | undefined): void {
    // After another tab has taken over, the first connection of its engine is not the first of this client.
    const shown = state === 'connecting' && this.#wasOnline ? 'reconnecting' : state;
    this.#wasOnline ||= state === 'online';
    if (shown === this.#state) return;
    this.#endReason = endReason;
    this.#state = shown;
    this.#events.emit('state', shown);
  }
}
