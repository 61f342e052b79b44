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
  theme: Theme;
  setTheme: (theme: Theme) => void;
  setLocale?: (locale: string) => void;
}

/** The sentence of a refusal in the user's language; the server's own where there is none. */
export function sentenceOf(error: unknown, t: Texts): string {
  const { code, message } = error as Partial<ChatHubError>;
  if (code && t.errors[code]) return t.errors[code];
  return message && code ? message : t.errors.internal_error!;
}

/** Whether the server has folders, hidden words and undo: 1.1 sends their badge. */
export const hasFolders = (state: InboxState): boolean => typeof state.badges.filteredRequests === 'number';
