import { useState } from 'preact/hooks';
import type { Page } from '@chathub/client';
import { allOf, type Ban, type ReportCase } from '../core/api.js';
import { useInbox, useLoaded } from '../core/hooks.js';
import { Bar, Empty, Load } from '../ui/basics.js';
import { CaseCard } from './moderation-case.js';

const tabs = ['queue', 'resolved', 'bans'] as const;
type Tab = (typeof tabs)[number];
const QUEUE_MAX = 200;

/** The moderators' page. */
export function Moderation() {
  const { t } = useInbox();
  const [tab, setTab] = useState<Tab>('queue');
  return (
    <>
      <Bar title={t.moderation.title} />
      <div class="tabs" style={{ paddingBlockStart: '8px' }}>
        {tabs.map((one) => <button type="button" class="tab" key={one} aria-current={one === tab} onClick={() => setTab(one)}>{t.moderation[one]}</button>)}
      </div>
      <div class="scroll"><div class="content">{tab === 'bans' ? <Bans /> : <Queue key={tab} state={tab === 'queue' ? 'open' : 'resolved'} />}</div></div>
    </>
  );
}

const pageOf = (path: string, cursor?: string): string => `${path}${path.includes('?') ? '&' : '?'}limit=50${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`;

function Queue({ state }: { state: 'open' | 'resolved' }) {
  const { t, api } = useInbox();
  const [reports, again] = useLoaded(() => allOf((cursor) => api.get<Page<ReportCase>>(pageOf(`api/moderation/reports?state=${state}`, cursor)), QUEUE_MAX), [state]);
  if (reports.state === 'failed' && (reports.error as { code?: string }).code === 'forbidden') return <Empty icon="shield" title={t.moderation.forbidden} />;
  return (
    <Load of={reports} again={again}>
      {(cases) => (cases.length === 0 ? <Empty icon="shield" title={t.moderation.none}><p>{t.moderation.noneHint}</p></Empty> : cases.map((report) => <CaseCard key={report.reportId} report={report} onResolved={() => again()} />))}
    </Load>
  );
}

function Bans() {
  const { t, api, format, fail } = useInbox();
  const [bans, again] = useLoaded(() => allOf((cursor) => api.get<Page<Ban>>(pageOf('api/moderation/bans', cursor)), QUEUE_MAX), []);
  return (
    <Load of={bans} again={again}>
      {(all) => (all.length === 0 ? <Empty icon="shield" title={t.moderation.noBans} /> : all.map((ban) => (
        <section class="card" key={ban.userId}>
          <div class="split">
            <span class="grow"><strong><bdi>{ban.user?.displayName ?? ban.userId}</bdi></strong><br /><span class="muted small">{ban.until ? t.moderation.banned(format.full(ban.until)) : t.moderation.bannedForever}{ban.reason && <> · <bdi>{ban.reason}</bdi></>}</span></span>
            <button type="button" class="button" onClick={() => void api.delete(`api/moderation/bans/${encodeURIComponent(ban.userId)}`).then(() => again(), fail)}>{t.moderation.lift}</button>
          </div>
        </section>
      )))}
    </Load>
  );
}
