import { ChatHubError } from '../src/errors.js';
import type { Transport, TransportFactory } from '../src/connection/transport.js';
import type { Me, SyncPage } from '../src/index.js';
import { complete } from './scripts.js';

type Answer = (input: never) => unknown;

/** A server in memory: connections that can be refused and broken, calls that a test answers, events that it pushes. */
export class FakeServer implements TransportFactory {
  isDown = false;
  /** Tokens that are refused. */
  readonly refusedTokens = new Set<string>();
  readonly transports: FakeTransport[] = [];
  readonly calls: { method: string; input: object }[] = [];
  version = 5;
  readonly answers: { [method: string]: Answer } = {
    GetMe: () => complete<Me>({ version: this.version }, 'me'),
    ListConversations: () => ({ items: [] }),
    ListRequests: () => ({ items: [] }),
    GetMessages: () => ({ items: [], hasMore: false }),
    Sync: () => complete<SyncPage>({ version: this.version }, 'syncPage'),
  };

  get open(): FakeTransport[] {
    return this.transports.filter((transport) => transport.isOpen);
  }

  create(token: string): Transport {
    const transport = new FakeTransport(this, token);
    this.transports.push(transport);
    return transport;
  }

  async refuses(token: string, _: AbortSignal): Promise<boolean> {
    return this.refusedTokens.has(token);
  }

  push(event: string, content: object): void {
    for (const transport of this.open) transport.raise(event, content);
  }

  /** Breaks every connection. */
  dropAll(): void {
    for (const transport of this.open) transport.break();
  }

  /** An answer that is lost with the connection. */
  lose(): Promise<never> {
    this.dropAll();
    return new Promise(() => {});
  }

  callsOf(method: string): object[] {
    return this.calls.filter((call) => call.method === method).map((call) => call.input);
  }
}

export class FakeTransport implements Transport {
  isOpen = false;
  readonly #server: FakeServer;
  readonly #handlers = new Map<string, (content: never) => void>();
  readonly #broken: (() => void)[] = [];
  #closed: () => void = () => {};

  constructor(server: FakeServer, readonly token: string) {
    this.#server = server;
  }

  async start(): Promise<void> {
    if (this.#server.isDown || this.#server.refusedTokens.has(this.token)) throw new Error('WebSocket failed to connect.');
    this.isOpen = true;
  }

  async stop(): Promise<void> {
    this.break();
  }

  break(): void {
    if (!this.isOpen) return;
    this.isOpen = false;
    for (const end of this.#broken.splice(0)) end();
    this.#closed();
  }

  on(event: string, handler: (content: never) => void): void {
    this.#handlers.set(event, handler);
  }

  onClosed(handler: () => void): void {
    this.#closed = handler;
  }

  raise(event: string, content: object): void {
    this.#handlers.get(event)?.(content as never);
  }

  async invoke(method: string, input: object): Promise<unknown> {
    if (!this.isOpen) throw new ChatHubError('unreachable', 'The connection is closed.');
    this.#server.calls.push({ method, input });
    const broken = new Promise<never>((_, reject) => this.#broken.push(() => reject(new ChatHubError('unreachable', 'The connection broke.'))));
    broken.catch(() => {});
    const answer = this.#server.answers[method];
    if (!answer) throw new ChatHubError('invalid_argument', `No answer to ${method}.`);
    return Promise.race([(async () => answer(input as never))(), broken]);
  }
}
