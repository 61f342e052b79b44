import type { ErrorCode } from './contract.js';

/** A refused call, or one that did not reach the server. Branch on `code`; `message` is a sentence for people. */
export class ChatHubError extends Error {
  override readonly name = 'ChatHubError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    /** Seconds until the same call may succeed; absent where waiting does not help. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }

  /** Whether the same call may succeed later. */
  get isTransient(): boolean {
    return this.code === 'unreachable' || this.code === 'rate_limited' || this.code === 'unavailable' || this.code === 'internal_error';
  }
}

// The framework writes "An unexpected error occurred invoking 'X' on the server. HubException: " before it.
const wireForm = /^(?:.*?\bHubException: )?([a-z]+(?:_[a-z]+)*)(?:;retryAfter=(\d{1,9}))?: (.*)$/s;

/** How the framework on the server begins its own errors. */
const frameworkError = /^(?:Failed to invoke |An unexpected error occurred |Unknown hub method )/;

/**
 * Reads the wire form `code: sentence` or `code;retryAfter=SECONDS: sentence` out of a hub error. One of the framework without
 * a code is a call whose argument could not be bound: `invalid_argument`. Anything else did not come from the server: the
 * WebSocket may have begun to close.
 */
export function parseHubError(text: string): ChatHubError {
  const match = wireForm.exec(text);
  if (!match) return new ChatHubError(frameworkError.test(text) ? 'invalid_argument' : 'unreachable', text);
  const [, code, wait, sentence] = match;
  return new ChatHubError(code as ErrorCode, sentence ?? '', wait === undefined ? undefined : Number(wait));
}
