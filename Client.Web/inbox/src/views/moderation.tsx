import { useState } from 'preact/hooks';
import type { AuditEntry, BannedUser, Page, ReportSummary } from '@chathub/client';
import { allOf } from '../core/api.js';
import { useInbox, useLoaded } from '../core/hooks.js';
import { Bar, Empty, Load } from '../ui/basics.js';
import { Avatar, Name } from '../ui/people.js';
import { CaseCard } from './moderation-case.js';
import { UserName } from './moderation-history.js';

const tabs = ['queue', 'resolved', 'bans', 'audit'] as const;
type Tab = (typeof tabs)[number];
const MAX = 200;

/** The moderators' page. */
export function Moderation() {
  const { t } = useInbox();
  const [tab, setTab] = useState<Tab>('queue');
  return (
    <>
      <Bar title={t.moderation.title} />
      <div class="tabs folders" style={{ paddingBlockStart: '8px' }}>
        {tabs.map((one) => <button type="button" class="tab" key={one} aria-current={one === tab} onClick={() => setTab(one)}>{t.moderation[one]}</button>)}
      </div>
      <div class="scroll"><div class="content">{tab === 'bans' ? <Bans /> : tab === 'audit' ? <Audit /> : <Queue key={tab} state={tab === 'queue' ? 'open' : 'resolved'} />}</div></div>
    </>
  );
}

/** Up to `MAX` items of a list. */
function usePages<T>(path: string): ReturnType<typeof useLoaded<T[]>> {
  const { api } = useInbox();
  return useLoaded(() => allOf((cursor) => api.get<Page<T>>(`${path}${path.includes('?') ? '&' : '?'}limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`), MAX), [path]);
}

function Queue({ state }: { state: 'open' | 'resolved' }) {
  const { t } = useInbox();
  const [reports, again] = usePages<ReportSummary>(`api/moderation/reports?state=${state}`);
  if (reports.state === 'failed' && (reports.error as { code?: string }).code === 'forbidden') return <Empty icon="shield" title={t.moderation.forbidden} />;
  return (
    <Load of={reports} again={again}>
      {(all) => (all.length === 0 ? <Empty icon="shield" title={t.moderation.none}><p>{t.moderation.noneHint}</p></Empty> : all.map((report) => <CaseCard key={report.reportId} report={report} onResolved={() => again()} />))}
    </Load>
  );
}

function Bans() {
  const { t, api, format, fail } = useInbox();
  const [bans, again] = usePages<BannedUser>('api/moderation/bans');
  const lift = (userId: string): void => void api.delete(`api/moderation/bans/${encodeURIComponent(userId)}`).then(() => again(), fail);
  return (
    <Load of={bans} again={again}>
      {(all) => (all.length === 0 ? <Empty icon="shield" title={t.moderation.noBans} /> : all.map(({ user, ban }) => (
        <section class="card" key={user.userId}>
          <div class="split">
            <Avatar user={user} size={44} />
            <span class="grow"><span class="row"><strong class="row"><Name user={user} /></strong><bdi class="muted small clip">@{user.username}</bdi></span><span class="muted small">{ban.until ? t.moderation.banned(format.full(ban.until)) : t.moderation.bannedForever}{ban.reason && <> · <bdi>{ban.reason}</bdi></>}</span></span>
            <button type="button" class="button" onClick={() => lift(user.userId)}>{t.moderation.lift}</button>
          </div>
        </section>
      )))}
    </Load>
  );
}

function Audit() {
  const { t, format } = useInbox();
  const [entries, again] = usePages<AuditEntry>('api/moderation/audit');
  return (
    <Load of={entries} again={again}>
      {(all) => (all.length === 0 ? <Empty icon="shield" title={t.moderation.noAudit} /> : (
        <ol class="evidence">
          {all.map((entry, i) => (
            <li key={i}>
              <p><UserName id={entry.moderatorId} /> {t.moderation.audited[entry.action]} <UserName id={entry.userId} /></p>
              <span class="muted small">{format.full(entry.at)}{entry.until && ` · ${t.moderation.banned(format.full(entry.until))}`}{entry.reason && <> · <bdi>{entry.reason}</bdi></>}</span>
            </li>
          ))}
        </ol>
      ))}
    </Load>
  );
}
