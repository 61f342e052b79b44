import './page.css';
import { render } from 'preact';
import { Api, ChatHubInbox, directionOf, languageOf, loadTexts, type Texts } from '@chathub/inbox';
import { Account } from './account.js';
import { showNews } from './news.js';
import { Push } from './push.js';
import { SignedIn } from './session.js';

const LOCALE = 'chathub:locale';
const RESUME_MS = 5_000;
const page = document.querySelector<HTMLElement>('#page')!;
// After the first paint, and of no account to it.
const signedIn = new SignedIn(() => void setTimeout(() => void push.resume().catch(() => {}), RESUME_MS));
const push: Push = new Push(new Api(document.baseURI, signedIn.token), () => signedIn.userId, () => loadTexts(document.documentElement.lang));

const storedLocale = (): string => {
  try {
    return new URLSearchParams(location.search).get('locale') ?? localStorage.getItem(LOCALE) ?? navigator.language;
  } catch {
    return navigator.language;
  }
};

async function start(): Promise<void> {
  setLocale(storedLocale());
  try {
    const state = await signedIn.resume();
    if (state === 'signedIn') return showInbox();
    await showAccount((t) => (state === 'elsewhere' ? t.account.issuer : ''), state === 'elsewhere');
  } catch {
    await showAccount((t) => t.account.unreachable);
  }
}

function setLocale(locale: string): void {
  // The texts' language, with the user's own region where it is one: `en-GB` has its dates.
  const hasTexts = locale.toLowerCase().split('-')[0] === languageOf(locale);
  document.documentElement.lang = hasTexts || directionOf(locale) === 'rtl' ? locale : languageOf(locale);
  document.documentElement.dir = directionOf(locale);
}

async function showAccount(notice: (t: Texts) => string = () => '', isElsewhere = false): Promise<void> {
  const t = await loadTexts(document.documentElement.lang);
  // Twice may be asked for: signed out here, and ended by the server.
  render(null, page);
  page.replaceChildren();
  document.title = 'ChatHub';
  render(<Account t={t} signedIn={signedIn} notice={notice(t)} isElsewhere={isElsewhere} onDone={showInbox} />, page);
}

function showInbox(): void {
  render(null, page);
  const inbox = new ChatHubInbox();
  inbox.setAttribute('locale', document.documentElement.lang);
  inbox.setAttribute('dir', document.documentElement.dir);
  inbox.path = location.hash;
  inbox.notifications = push;
  if (!signedIn.isOfHost) {
    inbox.signOut = async () => {
      await push.turnOff();
      await signedIn.signOut();
      leave();
      await showAccount();
    };
  }
  inbox.onLocale = (locale) => {
    localStorage.setItem(LOCALE, locale);
    setLocale(locale);
    inbox.setAttribute('dir', document.documentElement.dir);
    inbox.setAttribute('locale', locale);
    void push.resume().catch(() => {});
  };
  const follow = (): void => {
    inbox.path = location.hash;
  };
  // A notification was clicked.
  const go = ({ data }: MessageEvent<{ path: string }>): void => {
    location.hash = data.path;
  };
  // Keys that are pressed while nothing has the focus are the inbox's: there is nothing else on this page.
  const forward = (event: KeyboardEvent): void => {
    if (event.target !== document.body) return;
    const isTaken = inbox.shadowRoot!.querySelector('.app')?.dispatchEvent(new KeyboardEvent('keydown', event)) === false;
    if (isTaken) event.preventDefault();
  };
  const leave = (): void => {
    window.removeEventListener('hashchange', follow);
    navigator.serviceWorker?.removeEventListener('message', go);
    document.removeEventListener('keydown', forward);
    history.replaceState(null, '', location.pathname + location.search);
  };
  window.addEventListener('hashchange', follow);
  navigator.serviceWorker?.addEventListener('message', go);
  document.addEventListener('keydown', forward);
  inbox.addEventListener('chathub-badges', (event) => showNews((event as CustomEvent).detail));
  inbox.addEventListener('chathub-navigate', (event) => {
    const { path, replace } = (event as CustomEvent<{ path: string; replace: boolean }>).detail;
    history[replace ? 'replaceState' : 'pushState'](null, '', `#${path}`);
  });
  inbox.addEventListener('chathub-ended', () => {
    leave();
    void push.suspend().catch(() => {});
    void showAccount((t) => (signedIn.isOfHost ? t.account.issuer : t.account.ended), signedIn.isOfHost);
  });
  inbox.token = signedIn.token;
  page.replaceChildren(inbox);
}

void start();
