import { useEffect, useMemo, useState } from 'preact/hooks';
import { requestsFolder, type Request, type RequestFolder } from '@chathub/client';
import { allOf } from '../core/api.js';
import { useInbox, useLoaded, useStore } from '../core/hooks.js';
import { hasFolders } from '../core/inbox.js';
import { Empty, Load, Spinner } from '../ui/basics.js';
import { Icon } from '../ui/icons.js';
import { List } from '../ui/list.js';
import { Avatar, Name } from '../ui/people.js';
import { Clearing } from './clearing.js';

const ROW = 76;
const DELETED_MAX = 1_000;
const SENT_MAX = 300;
type Tab = RequestFolder | 'sent';

/** The Requests folder, with its filtered and deleted ones beside, and the mode that clears it. */
export function RequestList() {
  const { t } = useInbox();
  const [tab, setTab] = useState<Tab>('main');
  const tabs: readonly Tab[] = useStore(hasFolders) ? ['main', 'filtered', 'deleted', 'sent'] : ['main', 'sent'];
  const filtered = useStore((state) => state.badges.filteredRequests ?? 0);
  return (
    <>
      <div class="tabs folders">
        {tabs.map((one) => (
          <button type="button" key={one} class="tab" aria-current={one === tab} onClick={() => setTab(one)}>
            {one === 'sent' ? t.requests.outgoing : t.requests.folders[one]}{one === 'filtered' && filtered > 0 && <span class="muted">{filtered}</span>}
          </button>
        ))}
      </div>
      {tab === 'deleted' ? <DeletedRequests /> : tab === 'sent' ? <SentRequests /> : <PendingRequests key={tab} folder={tab} />}
    </>
  );
}

function PendingRequests({ folder }: { folder: 'main' | 'filtered' }) {
  const { t, client, route } = useInbox();
  const all = useStore((state) => state.requests);
  const isReady = useStore((state) => state.isReady);
  const items = useMemo(() => requestsFolder(client.store.state, folder), [all, folder]);
  const [chosen, setChosen] = useState<ReadonlySet<string>>();

  // Ended elsewhere meanwhile, a request is no longer chosen.
  useEffect(() => {
    const there = new Set(items.map((request) => request.requestId));
    setChosen((ids) => (!ids || there.size === 0 ? undefined : [...ids].every((id) => there.has(id)) ? ids : new Set([...ids].filter((id) => there.has(id)))));
  }, [items]);

  if (items.length === 0)
    return isReady ? (
      <Empty icon="inbox" title={folder === 'main' ? t.requests.none : t.requests.noneFiltered}><p>{folder === 'main' ? t.requests.noneHint : t.requests.filteredHint}</p></Empty>
    ) : (
      <Spinner />
    );

  const toggle = (id: string): void => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  return (
    <>
      <Clearing folder={folder} items={items} chosen={chosen} onChosen={setChosen} />
      <List items={items} keyOf={(request) => request.requestId} height={ROW} label={t.requests.folders[folder]} current={route.view === 'request' ? route.id : undefined}>
        {(request, tabIndex) => <RequestRow request={request} tabIndex={tabIndex} isChosen={chosen?.has(request.requestId)} onToggle={chosen && (() => toggle(request.requestId))} />}
      </List>
    </>
  );
}

function DeletedRequests() {
  const { t, client } = useInbox();
  const pending = useStore((state) => state.requests);
  const [deleted, again] = useLoaded(
    () => allOf((cursor) => client.hub.ListRequests({ direction: 'incoming', folder: 'deleted', limit: 100, ...(cursor ? { cursor } : {}) }), DELETED_MAX),
    [pending],
  );
  return (
    <Load of={deleted} again={again}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon="inbox" title={t.requests.noneDeleted} />
        ) : (
          <List items={items} keyOf={(request) => request.requestId} height={ROW} label={t.requests.folders.deleted}>
            {(request, tabIndex) => <RequestRow request={request} tabIndex={tabIndex} />}
          </List>
        )}
    </Load>
  );
}

/** What the user has sent; a click leads to the person. */
function SentRequests() {
  const { t, client, format, go } = useInbox();
  const pending = useStore((state) => state.requests);
  const [sent, again] = useLoaded(() => allOf((cursor) => client.hub.ListRequests({ direction: 'outgoing', limit: 100, ...(cursor ? { cursor } : {}) }), SENT_MAX), [pending]);
  return (
    <Load of={sent} again={again}>
      {({ items }) =>
        items.length === 0 ? (
          <Empty icon="inbox" title={t.requests.noneOutgoing} />
        ) : (
          <List items={items} keyOf={(request) => request.requestId} height={ROW} label={t.requests.outgoing}>
            {({ recipient, sentAt, text, state }, tabIndex) => (
              <button type="button" class="item" tabIndex={tabIndex} onClick={() => go({ view: 'person', id: recipient.userId })}>
                <Avatar user={recipient} size={52} />
                <span class="grow">
                  <span class="top"><Name user={recipient} /><span class="grow" /><time dateTime={sentAt}>{format.short(sentAt)}</time></span>
                  <span class="below"><span class="said"><bdi class="clip">{text}</bdi></span><span class="mark">{t.requests.state[state]}</span></span>
                </span>
              </button>
            )}
          </List>
        )}
    </Load>
  );
}

function RequestRow({ request, tabIndex, isChosen = false, onToggle }: { request: Request; tabIndex: 0 | -1; isChosen?: boolean; onToggle?: () => void }) {
  const { format, route, go } = useInbox();
  const isCurrent = route.view === 'request' && route.id === request.requestId;
  const state = onToggle ? { 'aria-pressed': isChosen, 'data-chosen': isChosen } : { 'aria-current': isCurrent };
  return (
    <button type="button" class="item" tabIndex={tabIndex} {...state} onClick={onToggle ?? (() => go({ view: 'request', id: request.requestId }))}>
      {onToggle && <span class="check"><Icon name="check" /></span>}
      <Avatar user={request.sender} size={52} />
      <span class="grow">
        <span class="top"><Name user={request.sender} /><span class="grow" /><time dateTime={request.sentAt}>{format.short(request.sentAt)}</time></span>
        <span class="below"><span class="said"><bdi class="clip">{request.text}</bdi></span></span>
      </span>
    </button>
  );
}
