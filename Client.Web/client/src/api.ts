import type { BlockChanged, Conversation, Hub, HubMethod, InputOf, Me, Badges, Message, MessageReceived, Request, RequestChanged, ResultOf } from './contract.js';
import type { ChatHubError } from './errors.js';
import type { InboxStore } from './store.js';

export interface ChatHubClientOptions {
  /** The server's address, with the path it is mounted under, if any: `https://chat.example.org/`. */
  url: string;

  /**
   * Returns the access token; called before each connection and before the token expires. With `refused` the server has
   * refused that token: return another one, or the connection ends with `unauthenticated`.
   */
  accessToken: (refused?: string) => Promise<string>;

  /** `messagepack` by default: smaller and faster. */
  protocol?: 'messagepack' | 'json';

  /**
   * Names the user's own data in this browser (outbox, the tabs that share a connection). By default the `sub` of the access
   * token; with it, what waits in the outbox is there before the first token.
   */
  account?: string;

  /** Where the outbox is kept. By default IndexedDB where there is one, else memory. */
  storage?: OutboxStorage;

  /** Whether the tabs of one browser share one connection; by default where there are Web Locks and BroadcastChannel. */
  sharesConnection?: boolean;

  /** Whether messages that the user has not seen at the start are delivered as new: for a bot that calls MarkSeen. */
  replayUnseen?: boolean;

  /** Milliseconds that a call waits for a connection before it fails with `unreachable`; 30,000 by default. */
  maxReconnectWait?: number;

  /** A `rate_limited` call is repeated after `retryAfter` if that is no longer than this many milliseconds; 30,000 by default. */
  maxRateLimitWait?: number;

  /** Milliseconds; the span of the first reconnect delay, 1,000 by default. It doubles with each failure. */
  initialRetryDelay?: number;

  /** Milliseconds; the span of reconnect delays does not grow beyond this, 30,000 by default. */
  maxRetryDelay?: number;
}

/**
 * - `connecting`: the first connection is being made.
 * - `online`: calls and events flow.
 * - `reconnecting`: the connection broke and is being made again.
 * - `offline`: the device has no network, or `start` was not called yet.
 * - `ended`: stopped, or the server refuses the token (`ChatHubClient.endReason`).
 */
export type ClientState = 'connecting' | 'online' | 'reconnecting' | 'offline' | 'ended';

/**
 * One user's client that loses nothing: updates deliver every change once and in order, whatever happens to the connection,
 * and the outbox delivers every request and message to the server once. It connects by itself until it is stopped.
 */
export interface ChatHubClient {
  readonly state: ClientState;
  /** Why the client has ended by itself. */
  readonly endReason: ChatHubError | undefined;
  /** The user's id, known once the first update is delivered. */
  readonly userId: string | undefined;

  /** The inbox as it is, with subscriptions. */
  readonly store: InboxStore;
  /** Requests and messages on their way to the server. */
  readonly outbox: Outbox;
  /** The server's methods, typed; see `call`. */
  readonly hub: Hub;

  /** Begins to connect. Does not wait for the server. */
  start(): void;
  /** Closes the connection. What waits in the outbox stays in its storage. */
  stop(): Promise<void>;

  /**
   * Calls a method of the server. A call that is `rate_limited` is repeated after the server's `retryAfter`; one without a
   * connection, or whose connection breaks before the response, is repeated on the next connection (`Report` is not: it adds
   * to a report each time). What a result changes is delivered as an update, too.
   * @throws {ChatHubError} refused, or `unreachable` when there was no connection for `maxReconnectWait`.
   */
  call<Method extends HubMethod>(method: Method, input: InputOf<Method>): Promise<ResultOf<Method>>;

  /** Subscribes to an event. Handlers run synchronously, in order. Returns the function that unsubscribes. */
  on<Name extends keyof ClientEvents>(name: Name, handler: (event: ClientEvents[Name]) => void): () => void;
}

export interface ClientEvents {
  /** Every change once, in order: beginning with the inbox as it is at the start. */
  update: Update;
  state: ClientState;
  /** A peer is typing; to be shown for 5 seconds. */
  typing: TypingUpdate;
  presence: PresenceUpdate;
  /** All items of the outbox after each change of it. */
  outbox: readonly OutboxItem[];
}

/** One change of the user's inbox. Applied in order, updates always yield the server's state; `applyUpdates` does so. */
export type Update =
  | ClearedUpdate
  | ReadyUpdate
  | ConversationUpdate
  | RequestUpdate
  | RequestRemovedUpdate
  | MeUpdate
  | BadgesUpdate
  | MessageUpdate
  | MessageChangedUpdate
  | SeenUpdate
  | BlockUpdate
  | TypingUpdate
  | PresenceUpdate
  | PresenceClearedUpdate;

/** Discard everything: the inbox follows. The first update; again after the server's data was restored from a backup. */
export interface ClearedUpdate {
  type: 'cleared';
}

/** The inbox is complete; again after each catching up. */
export interface ReadyUpdate {
  type: 'ready';
}

export interface ConversationUpdate {
  type: 'conversation';
  conversation: Conversation;
}

export interface RequestUpdate {
  type: 'request';
  request: Request;
}

/** The request left the folder that it was in. */
export interface RequestRemovedUpdate {
  type: 'requestRemoved';
  requestId: string;
}

export interface MeUpdate {
  type: 'me';
  me: Me;
}

export interface BadgesUpdate {
  type: 'badges';
  badges: Badges;
}

/** A new message, the user's own included: each once, and in each conversation by seq without a gap. */
export interface MessageUpdate {
  type: 'message';
  message: Message;
  /** Absent where the conversation's update before carries the number. */
  unreadCount?: number;
}

/**
 * A message was edited, removed or reacted to, by either side. It may be one that was never loaded, and it may be delivered
 * again: of two versions of a message the one with the higher `change` is valid.
 */
export interface MessageChangedUpdate {
  type: 'messageChanged';
  message: Message;
  /** The conversation's latest change with it. */
  lastChange: number;
}

/** Everything up to `seq` was seen: the user's own messages turn from blue to green. */
export interface SeenUpdate {
  type: 'seen';
  conversationId: string;
  seenBy: string;
  seq: number;
  at: string;
  unreadCount: number;
}

/** Live only. */
export interface BlockUpdate {
  type: 'block';
  userId: BlockChanged['userId'];
  youBlocked: boolean;
}

/** Live only. */
export interface TypingUpdate {
  type: 'typing';
  conversationId: string;
  userId: string;
}

/** Live only. */
export interface PresenceUpdate {
  type: 'presence';
  userId: string;
  isOnline: boolean;
}

/** Live only: changes of presence may have been missed, as with each new connection. Who is online is known by what is read from now on. */
export interface PresenceClearedUpdate {
  type: 'presenceCleared';
}

/**
 * Accepts requests and messages at any time, connected or not, and delivers each to the server exactly once: it resends with
 * the same `clientId` until the server responds, and keeps the order within each conversation.
 */
export interface Outbox {
  /** Items that the server has not confirmed, oldest first: pending, and failed until retried or discarded. */
  readonly items: readonly OutboxItem[];
  send(content: MessageContent): Sending<MessageReceived>;
  send(content: RequestContent): Sending<RequestChanged>;
  /** Sends a failed item again, with another clientId if its outcome may be unknown no longer. */
  retry(clientId: string): void;
  /** Removes a failed item. */
  discard(clientId: string): void;
}

export interface MessageContent {
  conversationId: string;
  text: string;
  replyToSeq?: number;
}

export interface RequestContent {
  recipientId: string;
  text: string;
}

/** What became of one `send`. Neither promise needs a handler. */
export interface Sending<Result> {
  readonly clientId: string;
  /** Fulfilled when it is in the outbox's storage: from then on it survives a reload. */
  readonly stored: Promise<void>;
  /** Fulfilled when the server has it; rejected with `ChatHubError` when the server refuses it permanently. */
  readonly result: Promise<Result>;
}

export interface OutboxItem {
  /** The idempotency key, a version-7 UUID; the sent message carries it, too. */
  readonly clientId: string;
  readonly content: MessageContent | RequestContent;
  /** By this device's clock. */
  readonly addedAt: string;
  /** When the first attempt was made, whose outcome may be unknown. */
  readonly attemptedAt?: string;
  readonly state: 'pending' | 'failed';
  /** Why it failed. */
  readonly failure?: { readonly code: ChatHubError['code']; readonly message: string };
}

/** Where the outbox's items are kept; the items of one user each. */
export interface OutboxStorage {
  /** Oldest first. */
  load(account: string): Promise<OutboxItem[]>;
  put(account: string, item: OutboxItem): Promise<void>;
  remove(account: string, clientId: string): Promise<void>;
}
