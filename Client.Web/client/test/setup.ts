import { onTestFinished, vi } from 'vitest';
import { Client, type Platform } from '../src/client.js';
import type { Network } from '../src/connection/network.js';
import { MemoryStorage } from '../src/sending/storage.js';
import type { ChatHubClientOptions } from '../src/index.js';
import { FakeServer } from './fake-server.js';

/** A network that a test switches. */
export class FakeNetwork implements Network {
  isOnline = true;
  readonly #handlers = new Set<() => void>();

  onChange(handler: () => void): () => void {
    this.#handlers.add(handler);
    return () => this.#handlers.delete(handler);
  }

  set(isOnline: boolean): void {
    this.isOnline = isOnline;
    for (const handler of this.#handlers) handler();
  }
}

/** A client on a fake server, with fake time. */
export function clientOn(server: FakeServer, options: Partial<ChatHubClientOptions> = {}, platform: Partial<Platform> = {}): Client {
  const client = new Client(
    { url: 'http://chat.test/', account: 'bob', accessToken: async () => 'token', storage: new MemoryStorage(), ...options },
    { transports: server, network: new FakeNetwork(), tabs: undefined, ...platform });
  onTestFinished(() => client.stop());
  return client;
}

/** Lets everything happen that needs no time, or needs so many milliseconds. */
export async function settle(milliseconds = 0): Promise<void> {
  await vi.advanceTimersByTimeAsync(milliseconds);
}

/** A token that says when it expires. */
export function tokenExpiringAt(milliseconds: number, sub = 'bob'): string {
  return `header.${btoa(JSON.stringify({ sub, exp: milliseconds / 1_000 }))}.signature`;
}
