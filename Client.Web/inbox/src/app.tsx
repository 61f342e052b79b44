import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ClientState } from '@chathub/client';
import { InboxContext, useClock, useEvent, useInbox, useStore } from './core/hooks.js';
import { sentenceOf, type Inbox, type Theme, type Toast } from './core/inbox.js';
import { isList, type Route } from './core/router.js';
import { useShortcuts } from './core/shortcuts.js';
import { Empty } from './ui/basics.js';
import { Toasts } from './ui/toasts.js';
import { Chat } from './views/chat.js';
import { Moderation } from './views/moderation.js';
import { People } from './views/people.js';
import { Person } from './views/person.js';
import { RequestPreview } from './views/request.js';
import { SettingsView } from './views/settings.js';
import { ShortcutsDialog } from './views/shortcuts.js';
import { Side } from './views/side.js';
import { WriteRequest } from './views/write.js';

export type AppProps = Omit<Inbox, 'toast' | 'announce' | 'fail'>;

/** The inbox: two panes where there is space, else one. */
export function App(props: AppProps) {
  const { t } = props;
  const [toasts, setToasts] = useState<readonly Toast[]>([]);
  const [said, setSaid] = useState('');
  const [helps, setHelps] = useState(false);
  const count = useRef(0);
  const toast = useEvent((text: string, action?: Toast['action']) => {
    const id = ++count.current;
    setToasts((all) => [...all.slice(-2), { id, text, ...(action ? { action } : {}) }]);
  });
  const endToast = useEvent((id: number) => setToasts((all) => all.filter((one) => one.id !== id)));
  const fail = useEvent((error: unknown) => toast(sentenceOf(error as Error, t)));
  const announce = useEvent((text: string) => setSaid(text));
  const inbox = useMemo<Inbox>(() => ({ ...props, toast, fail, announce }), Object.values(props));
  const showHelp = useEvent(() => setHelps(true));
  return (
    <InboxContext.Provider value={inbox}>
      <div class="app" data-pane={isList(props.route) ? 'side' : 'main'}>
        <Connection />
        <BanNotice />
        <div class="panes">
          <Side onHelp={showHelp} />
          <main class="pane" tabIndex={-1}><Main route={props.route} /></main>
        </div>
        <Shortcuts onHelp={showHelp} />
        <RequestAnnouncements />
        <Toasts all={toasts} onEnd={endToast} />
        <div class="hidden" aria-live="polite">{said}</div>
      </div>
      {helps && <ShortcutsDialog onClose={() => setHelps(false)} />}
    </InboxContext.Provider>
  );
}

function Main({ route }: { route: Route }) {
  const { t } = useInbox();
  switch (route.view) {
    case 'chats': return <Empty icon="chat" title={t.chats.choose}><p>{t.chats.chooseHint}</p></Empty>;
    case 'requests': return <Empty icon="inbox" title={t.requests.choose}><p>{t.requests.chooseHint}</p></Empty>;
    case 'chat': return <Chat key={route.id} id={route.id} />;
    case 'request': return <RequestPreview key={route.id} id={route.id} />;
    case 'person': return <Person key={route.id} id={route.id} />;
    case 'write': return <WriteRequest key={route.id} id={route.id} />;
    case 'people': return <People tab={route.tab} />;
    case 'settings': return <SettingsView />;
    case 'moderation': return <Moderation />;
  }
}

const Shortcuts = ({ onHelp }: { onHelp: () => void }) => {
  useShortcuts(onHelp);
  return null;
};

/** Calm: it waits a moment, because most connections are back before. */
function Connection() {
  const { t, client } = useInbox();
  const [state, setState] = useState<ClientState>(client.state);
  const [isLate, setLate] = useState(false);
  useEffect(() => {
    setState(client.state);
    return client.on('state', setState);
  }, [client]);
  useEffect(() => {
    setLate(state === 'offline');
    const timer = setTimeout(() => setLate(true), 1_500);
    return () => clearTimeout(timer);
  }, [state]);
  return <div role="status">{state !== 'online' && isLate && <div class="banner">{t.connection[state]}</div>}</div>;
}

function BanNotice() {
  const { t, format, memory } = useInbox();
  const me = useStore((state) => state.me);
  const [, draw] = useState(0);
  const now = useClock(30, !!me?.bannedUntil);
  const isOver = me?.bannedUntil ? Date.parse(me.bannedUntil) <= now : false;
  const warning = me?.warning && memory.get('warning') !== me.warning.at ? me.warning : undefined;
  return (
    <>
      {me?.isBanned && !isOver && (
        <div class="banner ban" role="alert">
          <span>{me.bannedUntil ? t.ban.until(format.full(me.bannedUntil)) : t.ban.forever}</span>
          {me.banReason && <bdi>{t.ban.reason(me.banReason)}</bdi>}
        </div>
      )}
      {warning && (
        <div class="banner ban" role="alert">
          <span><strong>{t.ban.warning}:</strong> <bdi>{warning.reason}</bdi></span>
          <button type="button" class="link" onClick={() => { memory.set('warning', warning.at); draw((n) => n + 1); }}>{t.ban.understood}</button>
        </div>
      )}
    </>
  );
}

/** Says to screen readers that a request has arrived. */
function RequestAnnouncements() {
  const { t, client, announce } = useInbox();
  useEffect(() => client.on('update', (update) => {
    if (update.type !== 'request' || !client.store.state.isReady) return;
    const { request } = update;
    const isNew = request.direction === 'incoming' && request.state === 'pending' && (request.folder ?? 'main') === 'main' && Date.now() - Date.parse(request.sentAt) < 60_000;
    if (isNew) announce(t.requests.arrived(request.sender.displayName));
  }), [client, t]);
  return null;
}

export type { Theme };
