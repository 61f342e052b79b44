/** What this browser remembers for one user of one server: drafts, the theme. Without storage it remembers nothing. */
export class Memory {
  constructor(private readonly scope: string) {}

  get(key: string): string {
    try {
      return localStorage.getItem(this.#name(key)) ?? '';
    } catch {
      return '';
    }
  }

  set(key: string, value: string): void {
    try {
      if (value) localStorage.setItem(this.#name(key), value);
      else localStorage.removeItem(this.#name(key));
    } catch {
      // Full or forbidden: the page works without.
    }
  }

  #name = (key: string): string => `chathub:${this.scope}:${key}`;
}
