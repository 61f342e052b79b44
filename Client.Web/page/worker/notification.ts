/** What the server pushes; how much it says is the user's setting. */
export interface PushPayload {
  type?: string;
  conversationId?: string;
  requestId?: string;
  title?: string;
  body?: string;
  /** The number behind the red dot. */
  badge?: number;
}

export interface Shown {
  title: string;
  options: NotificationOptions & { renotify: boolean };
}

/** The text of each type. */
const kinds: Record<string, string> = { 'request.received': 'request', 'request.accepted': 'accepted', 'message.received': 'message' };

/**
 * The notification of a payload; undefined where its type is none that is known. What the payload does not say is said by the
 * texts, which came with the worker's address.
 */
export function notificationOf({ type = '', conversationId, requestId, title, body }: PushPayload, texts: URLSearchParams): Shown | undefined {
  const kind = kinds[type];
  if (!kind) return undefined;
  const text = texts.get(kind) ?? '';
  return {
    title: title ?? text,
    options: {
      body: body ?? (title ? text : ''),
      // The next one of the same chat takes its place.
      tag: conversationId ?? requestId ?? kind,
      renotify: true,
      icon: './icon-192.png',
      data: { path: conversationId ? `chats/${encodeURIComponent(conversationId)}` : requestId ? `requests/${encodeURIComponent(requestId)}` : 'requests' },
    },
  };
}
