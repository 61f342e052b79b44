import type { BadgesDetail } from '@chathub/inbox';

/** The red dot on the favicon, the count in the title, and the badge of the installed page where the platform has one. */
export function showNews({ badges, hasNews }: BadgesDetail): void {
  const count = badges.pendingRequests + badges.unreadMessages;
  document.title = count > 0 ? `(${count}) ChatHub` : 'ChatHub';
  document.querySelector<HTMLLinkElement>('#icon')!.href = hasNews ? './icon-news.svg' : './icon.svg';
  const { setAppBadge, clearAppBadge } = navigator as Partial<Pick<Navigator, 'setAppBadge' | 'clearAppBadge'>>;
  void (count > 0 ? setAppBadge?.call(navigator, count) : clearAppBadge?.call(navigator))?.catch(() => {});
}
