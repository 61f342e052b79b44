import type { ClientState, OutboxItem, Update } from '../api.js';
import type { ErrorCode, HubMethod } from '../contract.js';
import { ChatHubError } from '../errors.js';
import type { InboxState } from '../inbox.js';
import type { SendResult } from '../sending/outbox-sender.js';
import type { DeliveredMark } from '../updates/delivered.js';

/** What the tabs of one user send to each other. `from` is the sender's id. */
export type TabMessage =
  /** From a tab that needs everything. */
  | { kind: 'join'; from: string }
  /** From a tab to the leader. */
  | { kind: 'request'; from: string; id: number; request: TabRequest }
  /** The leader's response. */
  | { kind: 'response'; from: string; to: string; id: number; result?: unknown; error?: PlainError }
  /** A tab became the leader; where its updates begin. */
  | { kind: 'leader'; from: string; position: TabPosition | undefined }
  /** Everything, for a tab that joined. */
  | { kind: 'snapshot'; from: string; to: string; inbox: InboxState; position: TabPosition; delivered: [string, DeliveredMark][]; status: TabStatus; items: readonly OutboxItem[] }
  /** Updates of the leader, and the marks that have moved. */
  | { kind: 'updates'; from: string; updates: readonly Update[]; position: TabPosition; delivered: [string, DeliveredMark][] }
  | { kind: 'status'; from: string; status: TabStatus }
  | { kind: 'items'; from: string; items: readonly OutboxItem[] }
  | { kind: 'outcome'; from: string; clientId: string; result?: SendResult; failure?: PlainError };

export type TabRequest =
  | { type: 'call'; method: HubMethod; input: object }
  | { type: 'add'; item: OutboxItem }
  | { type: 'retry'; clientId: string }
  | { type: 'discard'; clientId: string };

export interface TabPosition {
  epoch: string;
  version: number;
}

export interface TabStatus {
  state: ClientState;
  endReason?: PlainError;
}

/** Errors lose their type on the way. */
export interface PlainError {
  code: ErrorCode;
  message: string;
  retryAfter?: number;
}

export function toPlain(error: unknown): PlainError {
  if (!(error instanceof ChatHubError)) return { code: 'internal_error', message: String(error) };
  const { code, message, retryAfter } = error;
  return retryAfter === undefined ? { code, message } : { code, message, retryAfter };
}

export function fromPlain({ code, message, retryAfter }: PlainError): ChatHubError {
  return new ChatHubError(code, message, retryAfter);
}
