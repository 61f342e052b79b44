import { useState } from 'preact/hooks';
import type { ReportAction, ReportCase, ReportSummary } from '@chathub/client';
import { useInbox, useLoaded } from '../core/hooks.js';
import { Dialog, Load } from '../ui/basics.js';
import { Avatar, Name } from '../ui/people.js';
import { History } from './moderation-history.js';

const DURATIONS = [24, 72, 168, 720, 0];

/** One report: who and why; opened (which the audit records), what was said and the history; and what a moderator can do. */
export function CaseCard({ report, onResolved }: { report: ReportSummary; onResolved: () => void }) {
  const { t, api, format, fail, toast } = useInbox();
  const [isOpen, setOpen] = useState(false);
  const [dialog, setDialog] = useState<'warn' | 'ban'>();
  const { reported } = report;
  const resolve = async (action: ReportAction, more: { hours?: number; reason?: string } = {}): Promise<void> => {
    try {
      await api.post(`api/moderation/reports/${encodeURIComponent(report.reportId)}/resolve`, { action, ...more });
      toast(t.moderation.done);
      onResolved();
    } catch (error) {
      fail(error);
    }
  };
  return (
    <article class="card" aria-label={t.report.title(reported.displayName)}>
      <div class="split">
        <Avatar user={reported} size={48} />
        <span class="grow">
          <span class="row"><strong class="row"><Name user={reported} /></strong><bdi class="muted small clip">@{reported.username}</bdi></span>
          <span class="muted small">{report.reasons.map((reason) => t.report.reason[reason]).join(', ')} · <bdi>{t.moderation.by(report.reporter.displayName)}</bdi> · {format.full(report.reportedAt)}</span>
        </span>
        {!!report.reporters && report.reporters > 1 && <span class="count">{t.moderation.reporters(report.reporters)}</span>}
      </div>
      {isOpen ? <Opened report={report} /> : (
        <div class="split"><span class="grow muted small">{t.moderation.opened(report.evidenceCount)}</span><button type="button" class="button plain small" aria-label={`${t.moderation.open}: ${reported.displayName}`} onClick={() => setOpen(true)}>{t.moderation.open}</button></div>
      )}
      {report.state === 'resolved' ? (
        <span class="muted small">{t.moderation.actions[report.resolution ?? ''] ?? ''}{report.resolvedAt && ` · ${format.full(report.resolvedAt)}`}</span>
      ) : isOpen && (
        <div class="split">
          <button type="button" class="button" onClick={() => void resolve('dismiss')}>{t.moderation.dismiss}</button>
          <button type="button" class="button" onClick={() => setDialog('warn')}>{t.moderation.warn}</button>
          <button type="button" class="button danger" onClick={() => setDialog('ban')}>{t.moderation.ban}</button>
        </div>
      )}
      {dialog && <ActionDialog action={dialog} name={reported.displayName} onClose={() => setDialog(undefined)} onDone={(more) => void resolve(dialog, more)} />}
    </article>
  );
}

function Opened({ report }: { report: ReportSummary }) {
  const { t, api } = useInbox();
  const [opened, again] = useLoaded(() => api.get<ReportCase>(`api/moderation/reports/${encodeURIComponent(report.reportId)}`), [report.reportId]);
  return (
    <Load of={opened} again={again}>
      {(found) => (
        <>
          {found.notes.map((note) => <p key={note.at}><strong>{t.moderation.note}:</strong> <bdi class="said">{note.text}</bdi></p>)}
          <Evidence found={found} />
          <History history={found.history} reportId={report.reportId} again={() => again()} />
        </>
      )}
    </Load>
  );
}

function Evidence({ found: { report, evidence } }: { found: ReportCase }) {
  const { t, format } = useInbox();
  if (evidence.length === 0) return <p class="muted small">{t.moderation.noEvidence}</p>;
  const nameOf = (userId: string) => (userId === report.reported.userId ? report.reported : report.reporter).displayName;
  return (
    <section aria-label={t.moderation.evidence}>
      <ol class="evidence">
        {evidence.map((one, i) => (
          <li key={i} class={one.senderId === report.reported.userId ? 'theirs' : ''}>
            <span class="muted small"><bdi>{nameOf(one.senderId)}</bdi> · {one.requestId ? t.moderation.request : t.moderation.message} · {format.full(one.sentAt)}</span>
            <p class="said">{one.text}</p>
          </li>
        ))}
      </ol>
    </section>
  );
}

function ActionDialog({ action, name, onDone, onClose }: { action: 'warn' | 'ban'; name: string; onDone: (more: { hours?: number; reason?: string }) => void; onClose: () => void }) {
  const { t } = useInbox();
  const [hours, setHours] = useState(72);
  const [reason, setReason] = useState('');
  const done = (): void => {
    onClose();
    onDone({ ...(action === 'ban' && hours > 0 ? { hours } : {}), ...(reason.trim() ? { reason: reason.trim() } : {}) });
  };
  return (
    <Dialog title={`${action === 'ban' ? t.moderation.ban : t.moderation.warn}: ${name}`} onClose={onClose}>
      <form class="form" onSubmit={(event) => { event.preventDefault(); done(); }}>
        {action === 'ban' && <div class="field"><label for="ban-hours">{t.moderation.duration}</label><select id="ban-hours" value={hours} onChange={(event) => setHours(Number(event.currentTarget.value))}>{DURATIONS.map((one) => <option key={one} value={one}>{t.moderation.durations[one]}</option>)}</select></div>}
        <div class="field"><label for="ban-reason">{t.moderation.reason}</label><textarea id="ban-reason" rows={3} maxLength={500} required={action === 'warn'} value={reason} onInput={(event) => setReason(event.currentTarget.value)} /></div>
        <div class="ends"><button type="button" class="button" onClick={onClose}>{t.app.cancel}</button><button type="submit" class="button danger">{action === 'ban' ? t.moderation.ban : t.moderation.warn}</button></div>
      </form>
    </Dialog>
  );
}
