import { useEffect } from 'preact/hooks';
import type { UserCard } from '@chathub/client';
import { useInbox, useLoaded } from '../core/hooks.js';
import { Empty, Load, Spinner } from '../ui/basics.js';
import { List } from '../ui/list.js';
import { Avatar, Name } from '../ui/people.js';

const MIN = 2;

/** People whose username or name begins so, as the user types. */
export function SearchResults({ query, isSettled, onChosen }: { query: string; isSettled: boolean; onChosen: () => void }) {
  const { t, client, go, announce } = useInbox();
  const [found, again] = useLoaded<UserCard[]>(async () => ([...query].length < MIN ? [] : (await client.hub.SearchUsers({ query, limit: 50 })).items), [query]);
  useEffect(() => {
    if (found.state === 'ready' && query.length >= MIN) announce(t.people.found(found.value.length));
  }, [found]);

  if ([...query].length < MIN) return isSettled ? <p class="empty">{t.people.short}</p> : <Spinner />;
  return (
    <Load of={found} again={again}>
      {(people) =>
        people.length === 0 ? (
          <Empty icon="search" title={t.people.noResults(query)} />
        ) : (
          <PeopleList people={people} label={t.people.results} onChosen={(user) => { onChosen(); go({ view: 'person', id: user.userId }); }} />
        )}
    </Load>
  );
}

export const PeopleList = ({ people, label, onChosen, onEnd }: { people: readonly UserCard[]; label: string; onChosen: (user: UserCard) => void; onEnd?: () => void }) => (
  <List items={people} keyOf={(user) => user.userId} height={68} label={label} onEnd={onEnd}>
    {(user, tabIndex) => (
      <button type="button" class="item" style={{ height: '64px' }} tabIndex={tabIndex} onClick={() => onChosen(user)}>
        <Avatar user={user} size={44} />
        <span class="grow">
          <span class="top"><Name user={user} /></span>
          <span class="below"><span class="said"><bdi class="clip">@{user.username}</bdi></span></span>
        </span>
      </button>
    )}
  </List>
);
