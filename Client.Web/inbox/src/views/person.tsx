import { useState } from 'preact/hooks';
import type { Profile } from '@chathub/client';
import { useInbox, useLoaded, usePresenceRound, useStore } from '../core/hooks.js';
import { Bar, Confirm, Empty, Load, Menu } from '../ui/basics.js';
import { Avatar, Name } from '../ui/people.js';
import { ReportDialog } from './report.js';

export function Person({ id }: { id: string }) {
  const { t, client } = useInbox();
  // What may change the message button makes the profile be read again.
  const conversations = useStore((state) => state.conversations.size);
  const requests = useStore((state) => state.requests);
  const round = usePresenceRound();
  const [loaded, again] = useLoaded(() => client.hub.GetProfile({ userId: id }), [id, conversations, requests, round]);
  return (
    <>
      <Bar title={t.chat.profile}>
        {loaded.state === 'ready' && loaded.value.userId !== client.userId && <PersonMenu profile={loaded.value} again={again} />}
      </Bar>
      <div class="scroll">
        {loaded.state === 'failed' && (loaded.error as { code?: string }).code === 'user_not_found' ? (
          <Empty icon="people" title={t.person.notFound} />
        ) : (
          <Load of={loaded} again={again}>{(profile) => <Card profile={profile} again={again} />}</Load>
        )}
      </div>
    </>
  );
}

function PersonMenu({ profile, again }: { profile: Profile; again: (profile?: Profile) => void }) {
  const { t, client, toast, fail } = useInbox();
  const [dialog, setDialog] = useState<'block' | 'report'>();
  const change = (work: Promise<unknown>, done: string): void => void work.then(() => { again(); toast(done); }, fail);
  const { userId, displayName } = profile;
  return (
    <>
      <Menu
        label={t.app.more}
        items={[
          profile.youBlocked
            ? { label: t.person.unblock, run: () => change(client.hub.Unblock({ userId }), t.person.unblocked(displayName)) }
            : { label: t.person.block, run: () => setDialog('block'), isDanger: true },
          { label: t.person.report, run: () => setDialog('report'), isDanger: true },
        ]}
      />
      {dialog === 'block' && <Confirm title={t.person.blockAsk(displayName)} hint={t.person.blockHint} action={t.person.block} onClose={() => setDialog(undefined)} onYes={() => change(client.hub.Block({ userId }), t.person.blocked(displayName))} />}
      {dialog === 'report' && <ReportDialog user={profile} onClose={() => setDialog(undefined)} />}
    </>
  );
}

function Card({ profile, again }: { profile: Profile; again: (profile?: Profile) => void }) {
  const { t, client, format, go, fail } = useInbox();
  const { userId } = profile;
  const isMe = userId === client.userId;
  const follow = (): void => void (profile.youFollow ? client.hub.Unfollow({ userId }) : client.hub.Follow({ userId })).then(again, fail);
  const tab = (name: 'followers' | 'following') => (isMe ? () => go({ view: 'people', tab: name }) : undefined);
  return (
    <div class="content">
      <div class="hero">
        <Avatar user={profile} size={112} presence wasOnline={profile.isOnline} />
        <h2 class="row"><Name user={profile} /></h2>
        <bdi class="muted">@{profile.username}</bdi>
        {profile.bio && <p class="said">{profile.bio}</p>}
        <div class="counts">
          <Count n={format.number(profile.followerCount)} word={t.person.followers(profile.followerCount)} onClick={tab('followers')} />
          <Count n={format.number(profile.followingCount)} word={t.person.following} onClick={tab('following')} />
        </div>
        {profile.followsYou && <span class="muted small">{t.person.followsYou}</span>}
        {profile.isOnline ? <span class="small">{t.app.online}</span> : profile.lastSeenAt ? <span class="muted small">{t.chat.lastSeen(format.relative(Date.parse(profile.lastSeenAt)))}</span> : null}
      </div>
      {isMe ? (
        <p class="muted" style={{ textAlign: 'center' }}>{t.person.you}</p>
      ) : profile.youBlocked ? (
        <div class="form" style={{ alignItems: 'center' }}>
          <p class="muted">{t.person.blocked(profile.displayName)}</p>
          <button type="button" class="button" onClick={() => void client.hub.Unblock({ userId }).then(() => again(), fail)}>{t.person.unblock}</button>
        </div>
      ) : (
        <>
          <div class="actions">
            <button type="button" class={`button${profile.youFollow ? '' : ' main'}`} aria-pressed={profile.youFollow} aria-label={profile.youFollow ? t.person.unfollowLabel(profile.displayName) : t.person.follow} onClick={follow}>{profile.youFollow ? t.person.unfollow : t.person.follow}</button>
            <MessageButton profile={profile} />
          </div>
          {profile.messageButton.state === 'notice' && <p class="muted small" id="notice" style={{ textAlign: 'center' }}>{profile.messageButton.notice}</p>}
        </>
      )}
    </div>
  );
}

const Count = ({ n, word, onClick }: { n: string; word: string; onClick: (() => void) | undefined }) =>
  onClick ? <button type="button" onClick={onClick}><strong>{n}</strong> {word}</button> : <span><strong>{n}</strong> {word}</span>;

/** What `OpenConversation` would answer, as a button. */
function MessageButton({ profile }: { profile: Profile }) {
  const { t, client, go, fail } = useInbox();
  const { state, conversationId, requestId } = profile.messageButton;
  const { userId } = profile;
  const open = (): void => {
    if (conversationId) go({ view: 'chat', id: conversationId });
    else client.hub.OpenConversation({ userId }).then(({ conversation }) => go({ view: 'chat', id: conversation.conversationId }), fail);
  };
  switch (state) {
    case 'message': return <button type="button" class="button main" onClick={open}>{t.person.message}</button>;
    case 'request': return <button type="button" class="button" onClick={() => go({ view: 'write', id: userId })}>{t.person.request}</button>;
    case 'respond': return <button type="button" class="button main" onClick={() => go(requestId ? { view: 'request', id: requestId } : { view: 'requests' })}>{t.person.respond}</button>;
    case 'notice': return <button type="button" class="button" aria-disabled="true" aria-describedby="notice">{t.person.message}</button>;
    case 'pending': return (
      <>
        <button type="button" class="button" disabled>{t.person.pending}</button>
        {requestId && <button type="button" class="button plain" onClick={() => void client.hub.WithdrawRequest({ requestId }).catch(fail)}>{t.requests.withdraw}</button>}
      </>
    );
    case 'hidden': return null;
  }
}
