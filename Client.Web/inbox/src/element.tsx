import { render } from 'preact';
import { createChatHubClient, hasNews, type Badges, type ChatHubClient } from '@chathub/client';
import { App } from './app.js';
import { Api } from './core/api.js';
import { Format } from './core/format.js';
import type { Notifications, Theme } from './core/inbox.js';
import { Memory } from './core/memory.js';
import { parseRoute, pathOf, type Route } from './core/router.js';
import { styles } from './styles/index.js';
import { directionOf, loadTexts, type Texts } from './text/index.js';

/** Returns an access token of the user; with `refused`, another than that one. */
export type TokenCallback = (refused?: string) => Promise<string>;

/** What `chathub-badges` brings: the numbers behind the red dot, and whether it shows. */
export interface BadgesDetail {
  badges: Badges;
  hasNews: boolean;
}

const dark = matchMedia('(prefers-color-scheme: dark)');

/**
 * `<chathub-inbox server="https://chat.example.org/" locale="en" theme="auto">`: the whole inbox of one user.
 *
 * It begins once `token` is set and it is in a document, and ends when it is taken out. Its style reaches nothing around it and
 * nothing around reaches it but the `--chathub-*` properties. Events, none of which bubbles: `chathub-badges`,
 * `chathub-navigate` (its `path` has changed), `chathub-ended` (the server refuses the token).
 */
export class ChatHubInbox extends HTMLElement {
  static readonly observedAttributes = ['server', 'locale', 'theme', 'dir'];

  /** Where the user is, as a path: `chats/ID`, `requests`, `settings` … */
  get path(): string {
    return pathOf(this.#route);
  }

  set path(path: string) {
    this.#route = parseRoute(path);
    this.#draw();
  }

  /** The callback that brings access tokens. Setting it starts the inbox. */
  get token(): TokenCallback | undefined {
    return this.#token;
  }

  set token(token: TokenCallback | undefined) {
    this.#token = token;
    this.#restart();
  }

  /** If set, the settings offer to sign out, which calls it. */
  signOut: (() => Promise<void>) | undefined;

  /** If set, the settings offer notifications, and they are asked for in context. */
  notifications: Notifications | undefined;

  /** If set, the settings offer the languages; the page keeps the choice and sets `locale`. */
  onLocale: ((locale: string) => void) | undefined;

  #root = this.attachShadow({ mode: 'open' });
  #token: TokenCallback | undefined;
  #route: Route = { view: 'chats' };
  #client: ChatHubClient | undefined;
  #api: Api | undefined;
  #texts: Texts | undefined;
  #format: Format | undefined;
  #memory = new Memory('');
  #ends: (() => void)[] = [];

  /** The client that the inbox runs on: for a page that wants to do more with it. */
  get client(): ChatHubClient | undefined {
    return this.#client;
  }

  connectedCallback(): void {
    this.#root.adoptedStyleSheets = [styles()];
    dark.addEventListener('change', this.#applyTheme);
    void this.#loadTexts();
    this.#restart();
  }

  disconnectedCallback(): void {
    dark.removeEventListener('change', this.#applyTheme);
    this.#stop();
    render(null, this.#root);
  }

  attributeChangedCallback(name: string, before: string | null, after: string | null): void {
    if (before === after || !this.isConnected) return;
    if (name === 'server') this.#restart();
    else if (name === 'locale') void this.#loadTexts();
    else this.#applyTheme();
  }

  get #locale(): string {
    return this.getAttribute('locale') || document.documentElement.lang || navigator.language || 'en';
  }

  get #theme(): Theme {
    const chosen = this.#memory.get('theme') || this.getAttribute('theme') || 'auto';
    return chosen === 'light' || chosen === 'dark' ? chosen : 'auto';
  }

  #restart(): void {
    this.#stop();
    if (!this.isConnected || !this.#token) return;
    const server = new URL(this.getAttribute('server') || '.', document.baseURI).href;
    const token = this.#token;
    const client = createChatHubClient({ url: server, accessToken: token });
    this.#client = client;
    this.#api = new Api(server, token);
    this.#memory = new Memory(server);
    this.#ends = [
      client.store.subscribe((state) => this.#scope(server, state.me?.user.userId)),
      client.store.subscribe(() => this.#announceBadges()),
      client.on('state', (state) => {
        if (state === 'ended' && client.endReason) this.dispatchEvent(new CustomEvent('chathub-ended', { detail: client.endReason }));
      }),
    ];
    client.start();
    this.#applyTheme();
  }

  #stop(): void {
    for (const end of this.#ends) end();
    this.#ends = [];
    void this.#client?.stop();
    this.#client = undefined;
  }

  // Drafts belong to the user, who is known once the inbox is.
  #scopeOf = '';
  #scope(server: string, userId: string | undefined): void {
    const scope = `${server} ${userId ?? ''}`;
    if (!userId || scope === this.#scopeOf) return;
    this.#scopeOf = scope;
    this.#memory = new Memory(scope);
    this.#applyTheme();
  }

  #badges = '';
  #announceBadges(): void {
    const state = this.#client!.store.state;
    const text = JSON.stringify(state.badges);
    if (text === this.#badges) return;
    this.#badges = text;
    this.dispatchEvent(new CustomEvent<BadgesDetail>('chathub-badges', { detail: { badges: state.badges, hasNews: hasNews(state) } }));
  }

  async #loadTexts(): Promise<void> {
    const locale = this.#locale;
    const texts = await loadTexts(locale);
    if (locale !== this.#locale) return;
    this.#texts = texts;
    this.#format = new Format(locale, texts);
    this.#applyTheme();
  }

  #applyTheme = (): void => {
    const theme = this.#theme;
    this.dataset.theme = theme === 'auto' ? (dark.matches ? 'dark' : 'light') : theme;
    if (!this.hasAttribute('dir') && directionOf(this.#locale) === 'rtl') this.setAttribute('dir', 'rtl');
    this.#draw();
  };

  #go = (route: Route, { replace = false }: { replace?: boolean } = {}): void => {
    if (pathOf(route) === pathOf(this.#route)) return;
    this.#route = route;
    this.#draw();
    this.dispatchEvent(new CustomEvent('chathub-navigate', { detail: { path: this.path, replace } }));
  };

  #draw(): void {
    if (!this.isConnected || !this.#client || !this.#api || !this.#texts || !this.#format) return;
    const { notifications, onLocale, signOut } = this;
    render(
      <App
        client={this.#client} api={this.#api} t={this.#texts} format={this.#format} memory={this.#memory} route={this.#route} root={this.#root} go={this.#go} theme={this.#theme}
        setTheme={(theme) => { this.#memory.set('theme', theme === 'auto' ? '' : theme); this.#applyTheme(); }}
        {...(onLocale ? { setLocale: onLocale } : {})} {...(signOut ? { signOut } : {})} {...(notifications ? { notifications } : {})}
      />,
      this.#root,
    );
  }
}
