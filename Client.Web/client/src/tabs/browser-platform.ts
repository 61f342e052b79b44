import type { TabMessage } from './messages.js';
import type { TabPlatform } from './shared-source.js';

/** Web Locks and BroadcastChannel; undefined where there are none. Browsers do not freeze a tab that holds a lock. */
export function browserTabs(): TabPlatform | undefined {
  if (typeof window === 'undefined' || typeof BroadcastChannel === 'undefined' || !('locks' in navigator)) return undefined;
  return {
    requestLock: async (name, signal, lead) => {
      await navigator.locks.request(name, { signal }, lead);
    },
    openChannel: (name, onMessage) => {
      const channel = new BroadcastChannel(name);
      channel.onmessage = (event: MessageEvent<TabMessage>) => onMessage(event.data);
      return { post: (message) => channel.postMessage(message), close: () => channel.close() };
    },
  };
}
