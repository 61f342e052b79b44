import type { ChatHubClient, ChatHubError, InboxState } from '@chathub/client';
import type { Texts } from '../text/index.js';
import type { Api } from './api.js';
import type { Format } from './format.js';
import type { Memory } from './memory.js';
import type { Route } from './router.js';

export interface Toast {
  id: number;
  text: string;
  action?: { label: string; run: () => void };
}

export type Theme = 'auto' | 'light' | 'dark';

/** `blocked`: the user forbade them in the browser; `unsupported`: it has none. */
export type NotificationState = 'on' | 'off' | 'blocked' | 'unsupported';

/** Notifications of this device while no page is open: the page around the inbox has the service worker. */
export interface Notifications {
  state(): Promise<NotificationState>;
  /** Called within a click. @returns the state then: the browser asks the user. */
  turnOn(): Promise<NotificationState>;
  turnOff(): Promise<void>;
}

/** What every view of one inbox shares. */
export interface Inbox {
  client: ChatHubClient;
  api: Api;
  t: Texts;
  format: Format;
  memory: Memory;
  route: Route;
  /** The node that dialogs and focus belong to: the component's shadow root. */
  root: ShadowRoot;
  go: (route: Route, options?: { replace?: boolean }) => void;
  toast: (text: string, action?: Toast['action']) => void;
  /** Says it to screen readers. */
  announce: (text: string) => void;
  /** Shows a refusal as a toast. */
  fail: (error: unknown) => void;
  signOut?: () => Promise<void>;
  notifications?: Notifications;
  theme: Theme;
  setTheme: (theme: Theme) => void;
  setLocale?: (locale: string) => void;
}

/** The sentence of a refusal in the user's language. The one of `not_followed` is fixed, and the same in every language. */
export function sentenceOf({ code, message = '' }: Partial<Pick<ChatHubError, 'code' | 'message'>>, t: Texts): string {
  if (code === 'not_followed') return message;
  if (code === 'invalid_argument') return t.invalid[fieldOf(message) ?? ''] ?? t.errors.invalid_argument!;
  return t.errors[code ?? 'internal_error'] ?? t.errors.internal_error!;
}

/** The field that the server's sentence names: it begins with it. */
export const fieldOf = (message: string): string | undefined => /^[a-z][A-Za-z]+\b/.exec(message)?.[0];

/** Whether the server has folders, hidden words and undo: 1.1 sends their badge. */
export const hasFolders = (state: InboxState): boolean => typeof state.badges.filteredRequests === 'number';
