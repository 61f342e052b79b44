import type { HubMethod, InputOf, ResultOf } from '../contract.js';
import { ChatHubError } from '../errors.js';
import type { Backoff } from './backoff.js';
import { NotSentError, type Connection } from './connection.js';
import { delay } from './waiting.js';

export interface CallOptions {
  /** Milliseconds. */
  maxReconnectWait: number;
  /** Milliseconds. */
  maxRateLimitWait: number;
  backoff: Backoff;
}

/** Whether a call may be repeated when its outcome is unknown. All but Report are idempotent; it adds to a report each time. */
export function isRepeatable(method: HubMethod): boolean {
  return method !== 'Report';
}

/** Whether a call is worth waiting for a connection: that a user is typing is not, later. */
function isLasting(method: HubMethod): boolean {
  return method !== 'SetTyping';
}

/** Calls with the rules of repeating them. */
export class Calls {
  readonly #connection: Connection;
  readonly #options: CallOptions;
  readonly #onResult: (method: HubMethod, result: unknown) => void;

  constructor(connection: Connection, options: CallOptions, onResult: (method: HubMethod, result: unknown) => void) {
    this.#connection = connection;
    this.#options = options;
    this.#onResult = onResult;
  }

  /** Repeats across a rate limit's wait and a broken connection, for a bounded time each. */
  async call<Method extends HubMethod>(method: Method, input: InputOf<Method>, signal: AbortSignal): Promise<ResultOf<Method>> {
    const end = Date.now() + this.#options.maxReconnectWait;
    for (;;) {
      const { generation } = this.#connection;
      try {
        return await this.#once(method, input);
      } catch (error) {
        if (!(error instanceof ChatHubError)) throw error;
        const wait = (error.retryAfter ?? Infinity) * 1_000;
        if (error.code === 'rate_limited' && wait <= this.#options.maxRateLimitWait) await delay(wait, signal);
        else if (error.code !== 'unreachable' || !isLasting(method) || !(isRepeatable(method) || error instanceof NotSentError)) throw error;
        else if (!(await this.#connection.waitForGeneration(generation, end - Date.now()))) throw error;
      }
    }
  }

  /** Repeats until the server has answered: for reads, and for sending with a clientId. Rejects when it is refused permanently. */
  async untilAnswered<Method extends HubMethod>(
    method: Method, input: InputOf<Method>, signal: AbortSignal, beforeAttempt?: () => Promise<void>,
  ): Promise<ResultOf<Method>> {
    for (let failures = 0; ; failures++) {
      await this.#connection.waitForGeneration(0);
      signal.throwIfAborted();
      await beforeAttempt?.();
      try {
        return await this.#once(method, input);
      } catch (error) {
        if (!(error instanceof ChatHubError) || !error.isTransient) throw error;
        await delay(this.#options.backoff.after(error, failures), signal);
      }
    }
  }

  async #once<Method extends HubMethod>(method: Method, input: InputOf<Method>): Promise<ResultOf<Method>> {
    const result = (await this.#connection.invoke(method, input)) as ResultOf<Method>;
    this.#onResult(method, result);
    return result;
  }
}
