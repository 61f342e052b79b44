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

/** The notification of a payload. What the payload does not say is said by the texts, which came with the worker's address. */
export function notificationOf(payload: PushPayload, texts: URLSearchParams): Shown {
  const { conversationId, requestId, title, body } = payload;
  const kind = conversationId === undefined ? 'request' : /accept/i.test(payload.type ?? '') ? 'accepted' : 'message';
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
