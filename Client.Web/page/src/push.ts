import type { Api, Notifications, NotificationState, Texts } from '@chathub/inbox';

const KEPT = 'chathub:push';

/** What is kept of a subscription: whose it is, and its id at the server. */
interface Kept {
  userId: string;
  id: string;
}

/** Web Push on this device: the service worker, the browser's subscription and the server's copy of it. */
export class Push implements Notifications {
  constructor(private readonly api: Api, private readonly userId: () => string | undefined, private readonly texts: () => Promise<Texts>) {}

  async state(): Promise<NotificationState> {
    if (!('serviceWorker' in navigator) || !('PushManager' in window) || !('Notification' in window)) return 'unsupported';
    if (Notification.permission === 'denied') return 'blocked';
    return Notification.permission === 'granted' && this.#kept?.userId === this.userId() ? 'on' : 'off';
  }

  async turnOn(): Promise<NotificationState> {
    const userId = this.userId();
    if (userId === undefined || (await Notification.requestPermission()) !== 'granted') return this.state();
    await this.#subscribe({ userId, id: this.#kept?.id ?? crypto.randomUUID() });
    return this.state();
  }

  /** The server's copy goes with its session at the latest: a server that is away holds nothing up. */
  async turnOff(): Promise<void> {
    const kept = this.#kept;
    await this.#forget();
    if (kept) await this.api.delete(`api/me/push-subscriptions/${kept.id}`).catch(() => {});
  }

  /**
   * At each start and for each session, because the server's copy ends with the session that put it. The browser may have another
   * subscription by now, the device another user, the page another language.
   */
  async resume(): Promise<void> {
    const kept = this.#kept;
    if (!kept) return;
    if (kept.userId !== this.userId()) await this.#forget();
    else if ((await this.state()) === 'on') await this.#subscribe(kept);
  }

  /** Ends it in this browser alone, until the same user signs in again. */
  async suspend(): Promise<void> {
    const registration = await navigator.serviceWorker?.getRegistration('./');
    await (await registration?.pushManager.getSubscription())?.unsubscribe();
  }

  async #forget(): Promise<void> {
    this.#keep(undefined);
    await this.suspend();
  }

  async #subscribe(kept: Kept): Promise<void> {
    const { push } = await this.texts();
    await navigator.serviceWorker.register(`./sw.js?${new URLSearchParams(push.notification)}`, { scope: './' });
    const { pushManager } = await navigator.serviceWorker.ready;
    const { publicKey } = await this.api.get<{ publicKey: string }>('api/push/key');
    const known = await pushManager.getSubscription();
    // The server has another key since its database is another one.
    if (known && keyOf(known) !== publicKey) await known.unsubscribe();
    const subscription = await pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: publicKey });
    const { endpoint, keys } = subscription.toJSON();
    await this.api.put<void>(`api/me/push-subscriptions/${kept.id}`, { endpoint, p256dh: keys!.p256dh, auth: keys!.auth });
    this.#keep(kept);
  }

  get #kept(): Kept | undefined {
    try {
      return JSON.parse(localStorage.getItem(KEPT) ?? 'null') ?? undefined;
    } catch {
      return undefined;
    }
  }

  #keep(kept: Kept | undefined): void {
    try {
      if (kept) localStorage.setItem(KEPT, JSON.stringify(kept));
      else localStorage.removeItem(KEPT);
    } catch {
      // Without storage there are notifications until the session ends.
    }
  }
}

/** In base64url, as the server writes it. */
function keyOf(subscription: PushSubscription): string {
  const bytes = new Uint8Array(subscription.options.applicationServerKey ?? new ArrayBuffer(0));
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
