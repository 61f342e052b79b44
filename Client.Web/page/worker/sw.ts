import { notificationOf, type PushPayload } from './notification.js';

declare const self: ServiceWorkerGlobalScope;

const texts = new URL(self.location.href).searchParams;

self.addEventListener('install', () => void self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

self.addEventListener('push', (event) => event.waitUntil(show((event.data?.json() ?? {}) as PushPayload)));

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  event.waitUntil(open((event.notification.data as { path: string }).path));
});

/** A page that is looked at shows it by itself. */
async function show(payload: PushPayload): Promise<void> {
  const { setAppBadge, clearAppBadge } = self.navigator;
  if (payload.badge !== undefined) await (payload.badge > 0 ? setAppBadge?.call(self.navigator, payload.badge) : clearAppBadge?.call(self.navigator))?.catch(() => {});
  const pages = await self.clients.matchAll({ type: 'window' });
  if (pages.some((page) => page.focused && page.visibilityState === 'visible')) return;
  const shown = notificationOf(payload, texts);
  if (shown) await self.registration.showNotification(shown.title, shown.options);
}

/** In the page that is open already, else in a new one. */
async function open(path: string): Promise<void> {
  const [page] = await self.clients.matchAll({ type: 'window' });
  if (!page) {
    await self.clients.openWindow(`./#${path}`);
    return;
  }
  page.postMessage({ path });
  await page.focus();
}
