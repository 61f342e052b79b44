import { ChatHubError } from '../errors.js';

/**
 * Exponential backoff with full jitter: each delay is drawn at random from a span that doubles up to a maximum, so that the
 * clients of a restarted server do not all reconnect at the same moment. Milliseconds.
 */
export class Backoff {
  constructor(readonly initial: number, readonly max: number) {}

  /** The delay after a failure; the server's `retryAfter`, if the failure carries one, is added in front. */
  after(failure: unknown, failures: number): number {
    const wait = failure instanceof ChatHubError ? (failure.retryAfter ?? 0) * 1_000 : 0;
    return wait + Math.min(this.max, this.initial * 2 ** Math.min(failures, 30)) * Math.random();
  }
}
