import type { Badges, Conversation, Me, Message, Request } from './contract.js';

/**
 * The user's inbox as a value: immutable, so that it can be kept and compared. Applied to every update in order, it equals
 * the server's state whenever `isReady`.
 */
export interface InboxState {
  /** False while the inbox is loaded. The conversations of the first page are there before. */
  readonly isReady: boolean;
  readonly me: Me | undefined;
  /** The numbers behind the red dot. */
  readonly badges: Badges;
  readonly conversations: ReadonlyMap<string, Conversation>;
  /** Pending when the inbox was loaded, or changed since, in whatever state; both directions. */
  readonly requests: ReadonlyMap<string, Request>;
  /** The loaded messages of the conversations that were opened. */
  readonly messages: ReadonlyMap<string, MessageWindow>;
  /** When each peer's last sign of typing expires, in milliseconds since 1970, by conversation. */
  readonly typing: ReadonlyMap<string, number>;
  /** Whether peers are online, by user; absent where it is not known. */
  readonly presence: ReadonlyMap<string, boolean>;
}

/** A run of messages without gaps that ends with the latest one. */
export interface MessageWindow {
  /** By rising seq. */
  readonly items: readonly Message[];
  /** Whether there are earlier ones. */
  readonly hasEarlier: boolean;
}

/** The inbox with subscriptions. Listeners run after each batch of updates. */
export interface InboxStore {
  readonly state: InboxState;
  subscribe(listener: (state: InboxState) => void): () => void;
  /** Loads the latest messages of a conversation, and keeps them up to date until it is closed. */
  openConversation(conversationId: string, limit?: number): Promise<void>;
  /** Loads the page of messages before those that are loaded. */
  loadEarlier(conversationId: string, limit?: number): Promise<void>;
  /** Forgets the messages of a conversation. */
  closeConversation(conversationId: string): void;
}

const emptyMap: ReadonlyMap<string, never> = new Map<string, never>();

export const emptyInbox: InboxState = {
  isReady: false,
  me: undefined,
  badges: { pendingRequests: 0, filteredRequests: 0, unreadConversations: 0, unreadMessages: 0 },
  conversations: emptyMap,
  requests: emptyMap,
  messages: emptyMap,
  typing: emptyMap,
  presence: emptyMap,
};

/** The chats: pinned ones first, then the latest; archived ones apart. */
export function chats(state: InboxState, archived = false): Conversation[] {
  return [...state.conversations.values()]
    .filter((conversation) => (conversation.isArchived ?? false) === archived)
    .sort((a, b) => Number(b.isPinned ?? false) - Number(a.isPinned ?? false) || compare(b.updatedAt, a.updatedAt));
}

/** A folder of incoming pending requests, the newest first. The folder `deleted` is read by ListRequests. */
export function requestsFolder(state: InboxState, folder: 'main' | 'filtered' = 'main'): Request[] {
  return [...state.requests.values()]
    .filter((request) => request.direction === 'incoming' && request.state === 'pending' && (request.folder ?? 'main') === folder)
    .sort((a, b) => compare(b.sentAt, a.sentAt));
}

/** Whether the red dot shows. */
export function hasNews({ badges }: InboxState): boolean {
  return badges.pendingRequests + badges.unreadConversations + badges.unreadMessages > 0;
}

// Instants of one form compare as text.
function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
