import { useState } from 'preact/hooks';
import type { Profile, Request } from '@chathub/client';
import { useInbox, useLoaded, useStore } from '../core/hooks.js';
import { hasFolders } from '../core/inbox.js';
import { Bar, Confirm, Empty, Load } from '../ui/basics.js';
import { Avatar, Name } from '../ui/people.js';
import { ReportDialog } from './report.js';

/** The preview of a request. Nothing here is noticed by its sender, and nothing in its text can be clicked. */
export function RequestPreview({ id }: { id: string }) {
  const { t, client } = useInbox();
  const current = useStore((state) => state.requests.get(id));
  const [loaded, again] = useLoaded(() => readPreview(client.hub, id), [id, current?.state]);
  return (
    <>
      <Bar title={t.requests.title} />
      <div class="scroll">
        {loaded.state === 'failed' && (loaded.error as { code?: string }).code === 'request_not_found' ? (
          <Empty icon="inbox" title={t.preview.gone}><p>{t.preview.gonehint}</p></Empty>
        ) : (
          <Load of={loaded} again={again}>{({ request, profile }) => <Preview request={request} profile={profile} />}</Load>
        )}
      </div>
    </>
  );
}

async function readPreview(hub: ReturnType<typeof useInbox>['client']['hub'], requestId: string): Promise<{ request: Request; profile: Profile }> {
  const request = await hub.GetRequest({ requestId });
  return { request, profile: await hub.GetProfile({ userId: request.sender.userId }) };
}

function Preview({ request, profile }: { request: Request; profile: Profile }) {
  const { t, client, go, toast, fail, format } = useInbox();
  const [dialog, setDialog] = useState<'block' | 'report' | 'removeReport'>();
  const [isBusy, setBusy] = useState(false);
  const canRestore = useStore(hasFolders);
  const { requestId, sender } = request;
  const isOpen = request.state === 'pending' && request.folder !== 'deleted';

  const run = async (work: () => Promise<void>): Promise<void> => {
    setBusy(true);
    try {
      await work();
    } catch (error) {
      fail(error);
    } finally {
      setBusy(false);
    }
  };
  const accept = () => run(async () => {
    const { conversation } = await client.hub.AcceptRequest({ requestId });
    go({ view: 'chat', id: conversation.conversationId }, { replace: true });
  });
  const restore = async (): Promise<void> => {
    await client.hub.RestoreRequest({ requestId });
    toast(t.requests.restored);
  };
  const remove = () => run(async () => {
    await client.hub.DeleteRequest({ requestId });
    go({ view: 'requests' }, { replace: true });
    toast(t.requests.removed(1), canRestore ? { label: t.app.undo, run: () => void restore().catch(fail) } : undefined);
  });
  const block = () => run(async () => {
    await client.hub.Block({ userId: sender.userId });
    go({ view: 'requests' }, { replace: true });
    toast(t.person.blocked(sender.displayName));
  });
  return (
    <article class="content" aria-label={t.requests.view(sender.displayName)}>
      <div class="hero">
        <Avatar user={sender} size={96} />
        <h2 class="row"><Name user={sender} /></h2>
        <bdi class="muted">@{sender.username}</bdi>
        <Facts request={request} profile={profile} />
      </div>
      <p class="intro said">{request.text}</p>
      <p class="muted small" style={{ textAlign: 'center' }}>{t.preview.sentAt(format.full(request.sentAt))}{isOpen && <><br />{t.preview.unseen}</>}</p>
      {request.folder === 'deleted' ? (
        <div class="actions"><button type="button" class="button main" disabled={isBusy} onClick={() => void run(async () => { await restore(); go({ view: 'requests' }); })}>{t.requests.restore}</button></div>
      ) : isOpen ? (
        <div class="form">
          <div class="actions">
            <button type="button" class="button main" disabled={isBusy} onClick={() => void accept()}>{t.preview.accept}</button>
            <button type="button" class="button" disabled={isBusy} onClick={() => void remove()}>{t.preview.remove}</button>
          </div>
          <div class="actions">
            <button type="button" class="button plain small danger" onClick={() => setDialog('block')}>{t.preview.block}</button>
            <button type="button" class="button plain small danger" onClick={() => setDialog('report')}>{t.preview.report}</button>
            <button type="button" class="button plain small danger" onClick={() => setDialog('removeReport')}>{t.preview.removeReport}</button>
          </div>
        </div>
      ) : request.conversationId ? (
        <div class="actions"><button type="button" class="button main" onClick={() => go({ view: 'chat', id: request.conversationId! })}>{t.person.message}</button></div>
      ) : (
        <p class="muted" style={{ textAlign: 'center' }}>{t.requests.state[request.state]}</p>
      )}
      {dialog === 'block' && <Confirm title={t.person.blockAsk(sender.displayName)} hint={t.person.blockHint} action={t.person.block} onClose={() => setDialog(undefined)} onYes={() => void block()} />}
      {dialog === 'report' && <ReportDialog user={sender} requestId={requestId} onClose={() => setDialog(undefined)} />}
      {dialog === 'removeReport' && <ReportDialog user={sender} requestId={requestId} deletes onSent={() => void remove()} onClose={() => setDialog(undefined)} />}
    </article>
  );
}

/** Who writes, as far as the server says it: followers, how long, and what both have in common. */
function Facts({ request, profile }: { request: Request; profile: Profile }) {
  const { t, format } = useInbox();
  const { context } = request;
  const facts = [
    `${format.number(profile.followerCount)} ${t.person.followers(profile.followerCount)}`,
    profile.followsYou && t.preview.followsYou,
    profile.youFollow && t.preview.youFollow,
    context?.senderJoined && t.preview.joined(format.month(context.senderJoined)),
    context && context.sharedFollowCount > 0 && t.preview.shared(format.list(context.sharedFollows.map((user) => user.displayName)), context.sharedFollowCount - context.sharedFollows.length),
    context && context.earlierRequests > 0 && t.preview.earlier(context.earlierRequests),
  ];
  return <ul class="facts">{facts.map((fact) => fact && <li key={fact}>{fact}</li>)}</ul>;
}
