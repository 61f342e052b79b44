import type { Transport, TransportFactory } from '../src/connection/transport.js';
import type { TabMessage } from '../src/tabs/messages.js';
import type { TabPlatform } from '../src/tabs/shared-source.js';
import type { FakeServer, FakeTransport } from './fake-server.js';

/** The tabs of one browser: locks that pass to the next tab, and channels that copy what is posted. */
export class FakeBrowser {
  readonly tabs: FakeTab[] = [];
  readonly #queue: { tab: FakeTab; lead: () => Promise<void>; ended: () => void }[] = [];

  constructor(readonly server: FakeServer) {}

  open(): FakeTab {
    const tab = new FakeTab(this);
    this.tabs.push(tab);
    return tab;
  }

  requestLock(tab: FakeTab, signal: AbortSignal, lead: () => Promise<void>): Promise<void> {
    return new Promise((resolve, reject) => {
      const entry = { tab, lead, ended: resolve };
      this.#queue.push(entry);
      if (this.#queue.length === 1) this.#grant();
      signal.addEventListener('abort', () => {
        // A lock that is held is not aborted.
        if (this.#queue[0] === entry) return;
        this.#queue.splice(this.#queue.indexOf(entry), 1);
        reject(signal.reason as Error);
      });
    });
  }

  crash(tab: FakeTab): void {
    if (this.#queue[0]?.tab === tab) this.#release();
  }

  deliver(from: FakeTab, message: TabMessage): void {
    const copy = structuredClone(message);
    for (const tab of this.tabs) if (tab !== from) setTimeout(() => tab.receive(copy), 0);
  }

  #grant(): void {
    const entry = this.#queue[0];
    if (!entry) return;
    setTimeout(() => {
      void entry.lead().then(() => {
        entry.ended();
        if (this.#queue[0] === entry) this.#release();
      });
    }, 0);
  }

  #release(): void {
    this.#queue.shift();
    this.#grant();
  }
}

export class FakeTab implements TabPlatform, TransportFactory {
  readonly #browser: FakeBrowser;
  readonly #transports: FakeTransport[] = [];
  #onMessage: ((message: TabMessage) => void) | undefined;
  #isDead = false;
  #isMute = false;

  constructor(browser: FakeBrowser) {
    this.#browser = browser;
  }

  /** The tab is gone from one moment to the next: it neither sends nor receives any more. */
  crash(): void {
    this.#isDead = true;
    this.#onMessage = undefined;
    for (const transport of this.#transports) transport.break();
    this.#browser.crash(this);
  }

  /** What it posts from now on does not arrive. */
  mute(): void {
    this.#isMute = true;
  }

  receive(message: TabMessage): void {
    this.#onMessage?.(message);
  }

  requestLock(_: string, signal: AbortSignal, lead: () => Promise<void>): Promise<void> {
    return this.#browser.requestLock(this, signal, lead);
  }

  openChannel(_: string, onMessage: (message: TabMessage) => void): { post(message: TabMessage): void; close(): void } {
    this.#onMessage = onMessage;
    return {
      post: (message) => {
        if (!this.#isDead && !this.#isMute) this.#browser.deliver(this, message);
      },
      close: () => (this.#onMessage = undefined),
    };
  }

  create(token: string): Transport {
    const transport = this.#browser.server.create(token) as FakeTransport;
    if (this.#isDead) transport.start = () => Promise.reject(new Error('The tab is gone.'));
    this.#transports.push(transport);
    return transport;
  }

  refuses(token: string, signal: AbortSignal): Promise<boolean> {
    return this.#browser.server.refuses(token, signal);
  }
}
