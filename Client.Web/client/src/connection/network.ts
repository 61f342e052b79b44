/** What the browser says about its network. Where there is no browser, there is always a network. */
export interface Network {
  readonly isOnline: boolean;
  /** Called when the network comes or goes, and when the page becomes visible again. Returns the function that unsubscribes. */
  onChange(handler: () => void): () => void;
}

export const browserNetwork: Network = {
  get isOnline() {
    return typeof window === 'undefined' || navigator.onLine;
  },
  onChange(handler) {
    if (typeof window === 'undefined') return () => {};
    window.addEventListener('online', handler);
    window.addEventListener('offline', handler);
    document.addEventListener('visibilitychange', handler);
    return () => {
      window.removeEventListener('online', handler);
      window.removeEventListener('offline', handler);
      document.removeEventListener('visibilitychange', handler);
    };
  },
};
