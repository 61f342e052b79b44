import { useState } from 'preact/hooks';
import type { UserCard } from '@chathub/client';
import { hueOf, initialOf } from '../core/format.js';
import { useInbox, useStore } from '../core/hooks.js';
import { Verified } from './icons.js';

interface AvatarProps {
  user: UserCard;
  size?: number;
  /** Whether the dot of presence is shown. */
  presence?: boolean;
  /** As last read, for as long as no event says otherwise. */
  wasOnline?: boolean | null | undefined;
}

/** The user's photo, or the first letter of the name on a colour of their own. Decoration: the name stands beside it. */
export function Avatar({ user, size = 48, presence = false, wasOnline }: AvatarProps) {
  const { api, t } = useInbox();
  const [broken, setBroken] = useState('');
  const isOnline = useStore((state) => presence && (state.presence.get(user.userId) ?? wasOnline) === true);
  const { avatarUrl } = user;
  return (
    <span class="avatar" style={{ '--size': `${size}px`, '--hue': hueOf(user.userId) }}>
      <span aria-hidden="true">{initialOf(user.displayName)}</span>
      {avatarUrl && broken !== avatarUrl && (
        <img src={api.given(avatarUrl)} alt="" width={size} height={size} loading="lazy" decoding="async" referrerpolicy="no-referrer" onError={() => setBroken(avatarUrl)} />
      )}
      {isOnline && <span class="presence" role="img" aria-label={t.app.online} />}
    </span>
  );
}

export function Name({ user }: { user: UserCard }) {
  const { t } = useInbox();
  return (
    <>
      <bdi class="name clip">{user.displayName}</bdi>
      {user.isVerified && <Verified label={t.app.verified} />}
    </>
  );
}
