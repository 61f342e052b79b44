import { useEffect, useRef, useState } from 'preact/hooks';
import { hasNews } from '@chathub/client';
import { useEvent, useInbox, useSettled, useStore } from '../core/hooks.js';
import { Tool } from '../ui/basics.js';
import { Icon } from '../ui/icons.js';
import { ChatList } from './chat-list.js';
import { NotificationPrompt } from './notifications.js';
import { RequestList } from './request-list.js';
import { SearchResults } from './search.js';

/** The list pane: search, chats, requests. */
export function Side({ onHelp }: { onHelp: () => void }) {
  const { t, route, go, root } = useInbox();
  const requests = useStore((state) => state.badges.pendingRequests);
  const unread = useStore((state) => state.badges.unreadConversations);
  const news = useStore(hasNews);
  const [query, setQuery] = useState('');
  const settled = useSettled(query.trim(), 200);
  const field = useRef<HTMLInputElement>(null);
  const isRequests = route.view === 'requests' || route.view === 'request';

  const onFind = useEvent(() => field.current?.focus());
  useEffect(() => {
    root.addEventListener('chathub-find', onFind);
    return () => root.removeEventListener('chathub-find', onFind);
  }, [root]);

  return (
    <nav class="side" aria-label={t.app.name}>
      <div class="bar">
        <h1 class="title clip">{t.app.name}</h1>
        {news && <span class="hidden">{t.app.news}</span>}
        <Tool icon="write" label={t.app.newMessage} onClick={() => field.current?.focus()} />
        <Tool icon="people" label={t.app.people} aria-current={route.view === 'people' ? 'page' : undefined} onClick={() => go({ view: 'people', tab: 'following' })} />
        <Tool icon="settings" label={t.app.settings} aria-current={route.view === 'settings' ? 'page' : undefined} onClick={() => go({ view: 'settings' })} />
        <Tool icon="keyboard" label={t.app.shortcuts} class="tool keys" onClick={onHelp} />
      </div>
      <div class="find" role="search">
        <Icon name="search" />
        <input
          ref={field} type="search" value={query} placeholder={t.app.search} aria-label={t.app.search} autocomplete="off" spellcheck={false} maxLength={50} enterkeyhint="search"
          onInput={(event) => setQuery(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || !query) return;
            event.stopPropagation();
            setQuery('');
          }}
        />
      </div>
      {query ? (
        <SearchResults query={settled} isSettled={settled === query.trim()} onChosen={() => setQuery('')} />
      ) : (
        <>
          <div class="tabs">
            <button type="button" class="tab" aria-current={!isRequests} onClick={() => go({ view: 'chats' })}>
              {t.app.chats}
              {unread > 0 && <span class="count">{unread}<span class="hidden"> {t.chats.unread(unread)}</span></span>}
            </button>
            <button type="button" class="tab" aria-current={isRequests} onClick={() => go({ view: 'requests' })}>
              {t.app.requests}
              {requests > 0 && <><span class="muted" aria-hidden="true">{requests}</span><span class="dot" /><span class="hidden">{t.requests.count(requests)}</span></>}
            </button>
          </div>
          <NotificationPrompt />
          {isRequests ? <RequestList /> : <ChatList />}
        </>
      )}
    </nav>
  );
}
