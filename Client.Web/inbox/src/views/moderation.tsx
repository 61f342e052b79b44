import type { ComponentChildren } from 'preact';
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
const STEP = 200;

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

/** A list of the server's, a step longer whenever one asks for more. */
function Pages<T>({ path, none, children }: { path: string; none: ComponentChildren; children: (items: T[], again: () => void) => ComponentChildren }) {
  const { t, api } = useInbox();
  const [max, setMax] = useState(STEP);
  const [list, again] = useLoaded(() => allOf((cursor) => api.get<Page<T>>(`${path}limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`), max), [path, max]);
  if (list.state === 'failed' && (list.error as { code?: string }).code === 'forbidden') return <Empty icon="shield" title={t.moderation.forbidden} />;
  return (
    <Load of={list} again={again}>
      {({ items, nextCursor }) => (items.length === 0 ? none : (
        <>
          {children(items, () => again())}
          {nextCursor && <button type="button" class="button wide" onClick={() => setMax(max + STEP)}>{t.moderation.showMore}</button>}
        </>
      ))}
    </Load>
  );
}

function Queue({ state }: { state: 'open' | 'resolved' }) {
  const { t } = useInbox();
  return (
    <Pages<ReportSummary> path={`api/moderation/reports?state=${state}&`} none={<Empty icon="shield" title={t.moderation.none}><p>{t.moderation.noneHint}</p></Empty>}>
      {(reports, again) => reports.map((report) => <CaseCard key={report.reportId} report={report} onResolved={again} />)}
    </Pages>
  );
}

function Bans() {
  const { t, api, format, fail } = useInbox();
  return (
    <Pages<BannedUser> path="api/moderation/bans?" none={<Empty icon="shield" title={t.moderation.noBans} />}>
      {(bans, again) => bans.map(({ user, ban }) => (
        <section class="card" key={user.userId}>
          <div class="split">
            <Avatar user={user} size={44} />
            <span class="grow">
              <span class="row"><strong class="row"><Name user={user} /></strong><bdi class="muted small clip">@{user.username}</bdi></span>
              <span class="muted small">{ban.until ? t.moderation.banned(format.full(ban.until)) : t.moderation.bannedForever}{ban.reason && <> · <bdi>{ban.reason}</bdi></>}</span>
            </span>
            <button type="button" class="button" onClick={() => void api.delete(`api/moderation/bans/${encodeURIComponent(user.userId)}`).then(again, fail)}>{t.moderation.lift}</button>
          </div>
        </section>
      ))}
    </Pages>
  );
}

function Audit() {
  const { t, format } = useInbox();
  return (
    <Pages<AuditEntry> path="api/moderation/audit?" none={<Empty icon="shield" title={t.moderation.noAudit} />}>
      {(entries) => (
        <ol class="evidence">
          {entries.map((entry, i) => (
            <li key={i}>
              <p><UserName id={entry.moderatorId} /> {t.moderation.audited[entry.action]} <UserName id={entry.userId} /></p>
              <span class="muted small">{format.full(entry.at)}{entry.until && ` · ${t.moderation.banned(format.full(entry.until))}`}{entry.reason && <> · <bdi>{entry.reason}</bdi></>}</span>
            </li>
          ))}
        </ol>
      )}
    </Pages>
  );
}
