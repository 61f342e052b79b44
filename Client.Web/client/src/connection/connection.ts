import type { ClientState } from '../api.js';
import type { HubEvents, ServerDraining } from '../contract.js';
import { ChatHubError } from '../errors.js';
import type { Backoff } from './backoff.js';
import type { Network } from './network.js';
import { renewalDelay } from './tokens.js';
import type { Transport, TransportFactory } from './transport.js';
import { abortable, delay, inTime, Pulse } from './waiting.js';

export interface ConnectionOptions {
  transports: TransportFactory;
  accessToken: (refused?: string) => Promise<string>;
  network: Network;
  backoff: Backoff;
}

export interface ConnectionHandlers {
  onState(state: ClientState): void;
  /** A connection was made: events before it may have been missed. */
  onConnected(): void;
  onEvent<Name extends keyof HubEvents>(name: Name, content: HubEvents[Name]): void;
}

const eventNames: readonly (keyof HubEvents)[] = [
  'RequestReceived', 'RequestChanged', 'RequestAccepted', 'RequestRemoved', 'RequestsRemoved', 'RequestRestored', 'MessageReceived',
  'MessageChanged', 'MessagesSeen', 'ConversationChanged', 'BlockChanged', 'MeChanged', 'Typing', 'PresenceChanged', 'Position', 'ServerDraining',
];

/** Milliseconds. A server that accepts the connection and never responds must not hold the attempt indefinitely. */
const connectTimeout = 15_000;

/** Milliseconds. Without a response in this time, the token counts as not refused. */
const refusalTimeout = 5_000;

/** The state `ended` wakes those who wait. */
const never = new AbortController().signal;

/** Milliseconds after which a connection counts as a success. */
const lastingTime = 10_000;

/** Milliseconds that a connection which is left on purpose waits for the responses to its calls. */
const maxLeaveWait = 5_000;

/**
 * Keeps a connection to the hub: reconnects indefinitely with backoff, at once when the network is back, renews the token,
 * and leaves a server that is draining. Ends when it is stopped, or when a renewed token is refused too.
 */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #handlers: ConnectionHandlers;
  readonly #stopping = new AbortController();
  /** Set with every change that callers may wait for. */
  readonly #changed = new Pulse();
  readonly #hurry = new Pulse();
  #transport: Transport | undefined;
  #callsInFlight = 0;
  #state: ClientState = 'offline';
  #generation = 0;
  #refused: string | undefined;
  #isLeaving = false;
  /** Events of a connection whose start is not complete. */
  #early: (() => void)[] = [];
  /** Why it has ended by itself. */
  endReason: ChatHubError | undefined;

  constructor(options: ConnectionOptions, handlers: ConnectionHandlers) {
    this.#options = options;
    this.#handlers = handlers;
  }

  get state(): ClientState {
    return this.#state;
  }

  /** How many connections were made; identifies the current one for `waitForGeneration`. */
  get generation(): number {
    return this.#generation;
  }

  get isConnected(): boolean {
    return this.#transport !== undefined;
  }

  /** Runs until it is stopped, or ends with the reason. */
  async run(): Promise<void> {
    const unsubscribe = this.#options.network.onChange(() => this.#onNetworkChange());
    try {
      await this.#stayConnected();
    } catch (error) {
      if (!this.#stopping.signal.aborted) this.endReason = error instanceof ChatHubError ? error : new ChatHubError('internal_error', String(error));
    } finally {
      unsubscribe();
      await this.#close();
      this.#setState('ended');
    }
  }

  /** Ends it with a reason: what depends on it cannot go on. */
  fail(reason: unknown): void {
    if (this.#stopping.signal.aborted) return;
    this.endReason ??= reason instanceof ChatHubError ? reason : new ChatHubError('internal_error', String(reason));
    this.stop();
  }

  stop(): void {
    this.#stopping.abort(new ChatHubError('unreachable', 'The client was stopped.'));
  }

  /** @throws {ChatHubError} refused, or `unreachable`. */
  async invoke(method: string, input: object): Promise<unknown> {
    if (!this.#transport) throw new NotSentError();
    this.#callsInFlight++;
    try {
      return await this.#transport.invoke(method, input);
    } finally {
      if (--this.#callsInFlight === 0) this.#changed.set();
    }
  }

  /**
   * Waits for a connection after the given generation: a call may notice a broken connection before the state shows it.
   * @returns Whether there was one in time.
   * @throws {ChatHubError} when there will be none.
   */
  async waitForGeneration(after: number, milliseconds?: number): Promise<boolean> {
    const end = milliseconds === undefined ? undefined : Date.now() + milliseconds;
    while (!(this.#generation > after && this.#transport)) {
      if (this.#state === 'ended') throw this.endReason ?? new ChatHubError('unreachable', 'The client was stopped.');
      const left = end === undefined ? undefined : end - Date.now();
      if (left !== undefined && left <= 0) return false;
      await this.#changed.wait(never, left);
    }
    return true;
  }

  /** Also after a connection that was there, a random delay comes first: the clients of a restarted server come back one by one. */
  async #stayConnected(): Promise<never> {
    for (let failures = 0; ;) {
      await this.#untilOnline();
      // A connection that was left on purpose is replaced without notice, unless that fails.
      if (!this.#isLeaving) this.#showConnecting();
      const refused = this.#refused;
      const failure = await this.#attempt();
      if (failure === undefined) {
        if (await this.#lastsUntilClosed()) failures = 0;
        if (this.#isLeaving) continue;
      }

      this.#isLeaving = false;
      // A token that was refused just now is renewed at once; without a network there is nothing to wait for but the network.
      if (this.#refused !== refused && this.#refused !== undefined) continue;
      if (!this.#options.network.isOnline) continue;
      this.#showConnecting();
      await this.#hurry.wait(this.#stopping.signal, this.#options.backoff.after(failure, failures++));
    }
  }

  #showConnecting(): void {
    this.#setState(this.#generation === 0 ? 'connecting' : 'reconnecting');
  }

  /** @returns Why there is no connection; undefined when there is one. */
  async #attempt(): Promise<Error | undefined> {
    try {
      await this.#open();
      return undefined;
    } catch (error) {
      this.#stopping.signal.throwIfAborted();
      if (error instanceof ChatHubError && error.code === 'unauthenticated') throw error;
      return error instanceof Error ? error : new Error(String(error));
    }
  }

  /** @returns Whether the connection has lasted: one that is closed right after it was made counts as a failure. */
  async #lastsUntilClosed(): Promise<boolean> {
    const since = Date.now();
    while (this.#transport) await this.#changed.wait(this.#stopping.signal);
    return Date.now() - since >= lastingTime;
  }

  async #open(): Promise<void> {
    const refused = this.#refused;
    const token = await abortable(this.#options.accessToken(refused), this.#stopping.signal);
    if (token === refused) throw unauthenticated();
    const transport = this.#options.transports.create(token);
    try {
      await this.#startInTime(transport);
    } catch (error) {
      void transport.stop().catch(() => {});
      this.#refused = (await this.#isRefused(token)) ? token : undefined;
      // Renewed once: if the new token is refused too, another would be.
      if (this.#refused !== undefined && refused !== undefined) throw unauthenticated();
      throw error;
    }

    this.#stopping.signal.throwIfAborted();
    this.#refused = undefined;
    this.#use(transport, token);
  }

  /** A network that swallows the question must hold neither the next attempt nor the end indefinitely. */
  async #isRefused(token: string): Promise<boolean> {
    this.#stopping.signal.throwIfAborted();
    const checking = new AbortController();
    try {
      const refuses = abortable(this.#options.transports.refuses(token, checking.signal), this.#stopping.signal);
      return await inTime(refuses, refusalTimeout, 'The server did not respond in time.');
    } catch {
      this.#stopping.signal.throwIfAborted();
      return false;
    } finally {
      checking.abort();
    }
  }

  async #startInTime(transport: Transport): Promise<void> {
    this.#register(transport);
    await inTime(abortable(transport.start(), this.#stopping.signal), connectTimeout, 'The server did not respond in time.');
  }

  /** Events may arrive with the handshake's response, so that handlers are there before the start. */
  #register(transport: Transport): void {
    const early: (() => void)[] = [];
    for (const name of eventNames) {
      transport.on(name, (content: HubEvents[typeof name]) => {
        if (this.#transport === transport) this.#onEvent(name, content);
        else if (this.#transport === undefined) early.push(() => this.#onEvent(name, content));
      });
    }
    transport.onClosed(() => this.#onClosed(transport));
    this.#early = early;
  }

  #use(transport: Transport, token: string): void {
    this.#transport = transport;
    this.#generation++;
    this.#isLeaving = false;
    this.#handlers.onConnected();
    for (const raise of this.#early.splice(0)) raise();
    this.#setState('online');
    this.#changed.set();
    this.#renewInTime(transport, token);
  }

  #onEvent<Name extends keyof HubEvents>(name: Name, content: HubEvents[Name]): void {
    if (name === 'ServerDraining') this.#onServerDraining(content as ServerDraining);
    else this.#handlers.onEvent(name, content);
  }

  #onClosed(transport: Transport): void {
    if (this.#transport !== transport) return;
    this.#transport = undefined;
    this.#changed.set();
  }

  async #untilOnline(): Promise<void> {
    while (!this.#options.network.isOnline) {
      this.#setState('offline');
      await this.#changed.wait(this.#stopping.signal);
    }
    this.#stopping.signal.throwIfAborted();
  }

  #onNetworkChange(): void {
    if (this.#options.network.isOnline) this.#hurry.set();
    else void this.#close();
    this.#changed.set();
  }

  /** Leaves after a random part of the time, so that the clients of a server do not all reconnect at once. */
  #onServerDraining({ reconnectWithinSeconds }: ServerDraining): void {
    void this.#leaveAfter(this.#transport, Math.max(0, reconnectWithinSeconds) * 1_000 * Math.random());
  }

  /** The next connection uses the renewed token. */
  #renewInTime(transport: Transport, token: string): void {
    const wait = renewalDelay(token);
    // An expired token that was accepted nevertheless: the clocks differ, and the server decides.
    if (wait === undefined || wait <= 0) return;
    void (async () => {
      try {
        await delay(wait, this.#stopping.signal);
        if (this.#transport === transport && (await this.#options.accessToken()) !== token) await this.#leaveAfter(transport, 0);
      } catch {
        // Without a new token in time the server closes the connection, and the next one asks again.
      }
    })();
  }

  async #leaveAfter(transport: Transport | undefined, milliseconds: number): Promise<void> {
    try {
      await delay(milliseconds, this.#stopping.signal);
      const end = Date.now() + maxLeaveWait;
      while (this.#callsInFlight > 0 && Date.now() < end) await this.#changed.wait(this.#stopping.signal, end - Date.now());
    } catch {
      return;
    }
    if (!transport || this.#transport !== transport) return;
    this.#isLeaving = true;
    await this.#close();
  }

  async #close(): Promise<void> {
    const transport = this.#transport;
    this.#transport = undefined;
    this.#changed.set();
    await transport?.stop().catch(() => {});
  }

  #setState(state: ClientState): void {
    if (this.#state === state) return;
    this.#state = state;
    this.#handlers.onState(state);
    this.#changed.set();
  }
}

/** There was no connection: the call did not reach the server. */
export class NotSentError extends ChatHubError {
  constructor() {
    super('unreachable', 'There is no connection to the server.');
  }
}

function unauthenticated(): ChatHubError {
  return new ChatHubError('unauthenticated', 'The access token is missing or no longer valid.');
}
