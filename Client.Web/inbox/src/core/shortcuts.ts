import { useEffect } from 'preact/hooks';
import { chats } from '@chathub/client';
import { useEvent, useInbox } from './hooks.js';
import { isList } from './router.js';

export interface Shortcut {
  keys: readonly string[];
  name: 'search' | 'next' | 'previous' | 'requests' | 'chats' | 'settings' | 'back' | 'send' | 'line' | 'list' | 'help';
}

/** As the list of shortcuts shows them. */
export const shortcuts: readonly Shortcut[] = [
  { keys: ['/'], name: 'search' },
  { keys: ['Alt', '↓'], name: 'next' },
  { keys: ['Alt', '↑'], name: 'previous' },
  { keys: ['Alt', 'C'], name: 'chats' },
  { keys: ['Alt', 'R'], name: 'requests' },
  { keys: ['Alt', 'S'], name: 'settings' },
  { keys: ['↑', '↓', 'Home', 'End'], name: 'list' },
  { keys: ['Enter'], name: 'send' },
  { keys: ['Shift', 'Enter'], name: 'line' },
  { keys: ['Esc'], name: 'back' },
  { keys: ['?'], name: 'help' },
];

/** Shortcuts while the focus is in the inbox, so that they never take a key from the page around it. */
export function useShortcuts(onHelp: () => void): void {
  const { root, route, go, client } = useInbox();

  const step = (by: 1 | -1): void => {
    const all = chats(client.store.state);
    const at = route.view === 'chat' ? all.findIndex((chat) => chat.conversationId === route.id) : by === 1 ? -1 : all.length;
    const next = all[at + by];
    if (next) go({ view: 'chat', id: next.conversationId });
  };
  const onKey = useEvent((event: Event): void => {
    const { key, altKey, ctrlKey, metaKey, target, defaultPrevented, code } = event as KeyboardEvent;
    if (defaultPrevented || ctrlKey || metaKey) return;
    const run = (work: () => void): void => {
      event.preventDefault();
      work();
    };
    if (altKey) {
      if (key === 'ArrowDown') run(() => step(1));
      else if (key === 'ArrowUp') run(() => step(-1));
      else if (code === 'KeyC') run(() => go({ view: 'chats' }));
      else if (code === 'KeyR') run(() => go({ view: 'requests' }));
      else if (code === 'KeyS') run(() => go({ view: 'settings' }));
    } else if (key === 'Escape') {
      if (!(target as Element).closest('dialog') && !isList(route)) run(() => go(route.view === 'request' ? { view: 'requests' } : { view: 'chats' }));
    } else if (!(target as Element).matches('input, textarea, select')) {
      if (key === '?') run(onHelp);
      else if (key === '/') run(() => root.dispatchEvent(new Event('chathub-find')));
    }
  });
  useEffect(() => {
    root.addEventListener('keydown', onKey);
    return () => root.removeEventListener('keydown', onKey);
  }, [root]);
}
