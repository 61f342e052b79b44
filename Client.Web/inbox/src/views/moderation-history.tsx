import { useState } from 'preact/hooks';
import type { ModeratedUser, Profile } from '@chathub/client';
import { useInbox, useLoaded } from '../core/hooks.js';

/** What moderators know of a user: bans, warnings, notes, other reports. */
export function History({ history, reportId, again }: { history: ModeratedUser; reportId: string; again: () => void }) {
  const { t, format } = useInbox();
  const m = t.moderation;
  const others = history.reports.filter((report) => report.reportId !== reportId);
  const isEmpty = history.bans.length + history.warnings.length + history.notes.length + others.length === 0;
  return (
    <section class="form" aria-label={m.history}>
      <h3>{m.history}</h3>
      {isEmpty && <p class="muted small">{m.noHistory}</p>}
      <Entries title={m.bans} items={history.bans.map((ban) => ({ at: ban.at, text: [ban.until ? m.banned(format.full(ban.until)) : m.bannedForever, ban.reason, ban.liftedAt && m.lifted(format.full(ban.liftedAt))].filter(Boolean).join(' · ') }))} />
      <Entries title={m.warnings} items={history.warnings.map(({ at, reason }) => ({ at, text: reason }))} />
      <Entries title={m.earlier} items={others.map((report) => ({ at: report.reportedAt, text: [report.reasons.map((reason) => t.report.reason[reason]).join(', '), m.by(report.reporter.displayName), report.resolution && m.actions[report.resolution]].filter(Boolean).join(' · ') }))} />
      <Entries title={m.notes} items={history.notes.map(({ at, text }) => ({ at, text }))} />
      <AddNote userId={history.user.userId} again={again} />
    </section>
  );
}

function Entries({ title, items }: { title: string; items: { at: string; text: string }[] }) {
  const { format } = useInbox();
  if (items.length === 0) return null;
  return (
    <div class="field">
      <span class="label">{title}</span>
      <ul class="evidence">{items.map((item, i) => <li key={i}><span class="muted small">{format.full(item.at)}</span><p class="said">{item.text}</p></li>)}</ul>
    </div>
  );
}

function AddNote({ userId, again }: { userId: string; again: () => void }) {
  const { t, api, fail } = useInbox();
  const [text, setText] = useState('');
  const add = (): void => void api.post(`api/moderation/users/${encodeURIComponent(userId)}/notes`, { text }).then(() => { setText(''); again(); }, fail);
  return (
    <form class="split" onSubmit={(event) => { event.preventDefault(); if (text.trim()) add(); }}>
      <span class="field grow"><input aria-label={t.moderation.addNote} placeholder={t.moderation.addNote} value={text} maxLength={1_000} onInput={(event) => setText(event.currentTarget.value)} /></span>
      <button type="submit" class="button" disabled={!text.trim()}>{t.app.save}</button>
    </form>
  );
}

const profiles = new WeakMap<object, Map<string, Promise<Profile>>>();

/** The name of a user of whom only the id is known; each is read once. */
export function UserName({ id }: { id: string }) {
  const { client } = useInbox();
  const read = (): Promise<Profile> => {
    let known = profiles.get(client);
    if (!known) profiles.set(client, (known = new Map()));
    const found = known.get(id) ?? client.hub.GetProfile({ userId: id });
    known.set(id, found);
    return found;
  };
  const [profile] = useLoaded(read, [id]);
  return <strong><bdi>{profile.state === 'ready' ? profile.value.displayName : id}</bdi></strong>;
}
