export type PeopleTab = 'following' | 'followers' | 'blocked';

/** Where in the inbox the user is. As a path: `chats/ID`, `requests`, `requests/ID`, `people/ID`, `write/ID`, `settings` … */
export type Route =
  | { view: 'chats' }
  | { view: 'chat'; id: string }
  | { view: 'requests' }
  | { view: 'request'; id: string }
  | { view: 'person'; id: string }
  | { view: 'write'; id: string }
  | { view: 'people'; tab: PeopleTab }
  | { view: 'settings' }
  | { view: 'moderation' };

export const peopleTabs: readonly PeopleTab[] = ['following', 'followers', 'blocked'];

export function parseRoute(path: string): Route {
  const [view, id] = path.replace(/^[#/]+/, '').split('/').map(decode);
  if (view === 'chats' && id) return { view: 'chat', id };
  if (view === 'requests') return id ? { view: 'request', id } : { view: 'requests' };
  if (view === 'people' && id) return { view: 'person', id };
  if (view === 'write' && id) return { view: 'write', id };
  if (peopleTabs.includes(view as PeopleTab)) return { view: 'people', tab: view as PeopleTab };
  if (view === 'settings' || view === 'moderation') return { view };
  return { view: 'chats' };
}

export function pathOf(route: Route): string {
  switch (route.view) {
    case 'chat': return `chats/${encodeURIComponent(route.id)}`;
    case 'request': return `requests/${encodeURIComponent(route.id)}`;
    case 'person': return `people/${encodeURIComponent(route.id)}`;
    case 'write': return `write/${encodeURIComponent(route.id)}`;
    case 'people': return route.tab;
    default: return route.view;
  }
}

/** Whether a narrow inbox shows the list, and not what was chosen in it. */
export const isList = (route: Route): boolean => route.view === 'chats' || route.view === 'requests';

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return '';
  }
}
