import { useRef, useState } from 'preact/hooks';
import { useEffect } from 'preact/hooks';
import type { UserCard } from '@chathub/client';
import { useInbox } from '../core/hooks.js';
import { sentenceOf } from '../core/inbox.js';
import { peopleTabs, type PeopleTab } from '../core/router.js';
import { Bar, Empty, Spinner } from '../ui/basics.js';
import { PeopleList } from './search.js';

const PAGE = 50;

/** Following, followers, blocked. */
export function People({ tab }: { tab: PeopleTab }) {
  const { t, go } = useInbox();
  return (
    <>
      <Bar title={t.app.people} />
      <div class="tabs" style={{ paddingBlockStart: '8px' }}>
        {peopleTabs.map((one) => <button type="button" class="tab" key={one} aria-current={one === tab} onClick={() => go({ view: 'people', tab: one }, { replace: true })}>{t.people.tabs[one]}</button>)}
      </div>
      <Pages key={tab} tab={tab} />
    </>
  );
}

function Pages({ tab }: { tab: PeopleTab }) {
  const { t, client, go } = useInbox();
  const [people, setPeople] = useState<UserCard[]>([]);
  const [error, setError] = useState<unknown>();
  const [isDone, setDone] = useState(false);
  const next = useRef<{ cursor?: string; isLoading: boolean }>({ isLoading: false });
  const load = async (): Promise<void> => {
    if (next.current.isLoading || isDone) return;
    next.current.isLoading = true;
    setError(undefined);
    try {
      const { cursor } = next.current;
      const read = { following: client.hub.ListFollowing, followers: client.hub.ListFollowers, blocked: client.hub.ListBlocked }[tab];
      const page = await read({ limit: PAGE, ...(cursor ? { cursor } : {}) });
      setPeople((all) => [...all, ...page.items]);
      if (page.nextCursor) next.current.cursor = page.nextCursor;
      else setDone(true);
    } catch (refusal) {
      setError(refusal);
    } finally {
      next.current.isLoading = false;
    }
  };
  useEffect(() => void load(), []);

  if (error && people.length === 0) return <div class="empty" role="alert"><p>{sentenceOf(error as Error, t)}</p><button type="button" class="button" onClick={() => void load()}>{t.app.retry}</button></div>;
  if (people.length === 0) return isDone ? <Empty icon="people" title={t.people.none[tab]} /> : <Spinner />;
  return <PeopleList people={people} label={t.people.tabs[tab]} onChosen={(user) => go({ view: 'person', id: user.userId })} onEnd={() => void load()} />;
}
