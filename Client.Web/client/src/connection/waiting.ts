import { ChatHubError } from '../errors.js';

// The longest delay of setTimeout; a longer one would fire at once.
const maxDelay = 2 ** 31 - 1;

/** Waits, unless the signal is aborted before; then it rejects with the signal's reason. */
export function delay(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', abort);
      resolve();
    }, Math.min(milliseconds, maxDelay));
    const abort = () => {
      clearTimeout(timer);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
  });
}

/** The promise's result, unless the signal is aborted before; then it rejects with the signal's reason. */
export function abortable<T>(promise: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const abort = () => reject(signal.reason as Error);
    signal.addEventListener('abort', abort, { once: true });
    promise.then(resolve, reject).finally(() => signal.removeEventListener('abort', abort));
  });
}

/** The promise's result, unless the time is over before; then it rejects as `unreachable`. */
export async function inTime<T>(promise: Promise<T>, milliseconds: number, sentence: string): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new ChatHubError('unreachable', sentence)), Math.min(milliseconds, maxDelay));
  });
  try {
    return await Promise.race([promise, timeout]);
  } finally {
    clearTimeout(timer);
  }
}

/** Something that callers wait for, again and again: each `set` wakes those who wait. */
export class Pulse {
  #waiting = new Set<() => void>();

  set(): void {
    const waiting = this.#waiting;
    this.#waiting = new Set();
    for (const wake of waiting) wake();
  }

  /** Resolves to true at the next `set`, to false after the time; rejects when the signal is aborted. */
  wait(signal: AbortSignal, milliseconds?: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      signal.throwIfAborted();
      const end = (settle: () => void) => {
        clearTimeout(timer);
        this.#waiting.delete(wake);
        signal.removeEventListener('abort', abort);
        settle();
      };
      const wake = () => end(() => resolve(true));
      const abort = () => end(() => reject(signal.reason as Error));
      const timer = milliseconds === undefined ? undefined : setTimeout(() => end(() => resolve(false)), Math.min(milliseconds, maxDelay));
      this.#waiting.add(wake);
      signal.addEventListener('abort', abort, { once: true });
    });
  }
}
