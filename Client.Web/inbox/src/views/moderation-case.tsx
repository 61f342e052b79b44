import { useState } from 'preact/hooks';
import type { ReportAction, ReportCase } from '../core/api.js';
import { useInbox, useLoaded } from '../core/hooks.js';
import { Dialog, Load } from '../ui/basics.js';
import { Avatar, Name } from '../ui/people.js';

const DURATIONS = [24, 72, 168, 720, 0];

/** One report: who, why, and what was said; with what a moderator can do. */
export function CaseCard({ report, onResolved }: { report: ReportCase; onResolved: () => void }) {
  const { t, api, format, fail, toast } = useInbox();
  const [dialog, setDialog] = useState<'warn' | 'ban'>();
  const resolve = async (action: ReportAction, more: { hours?: number; reason?: string } = {}): Promise<void> => {
    try {
      await api.post(`api/moderation/reports/${encodeURIComponent(report.reportId)}/resolve`, { action, ...more });
      toast(t.moderation.done);
      onResolved();
    } catch (error) {
      fail(error);
    }
  };
  const lift = (): void => void api.delete(`api/moderation/bans/${encodeURIComponent(report.reported.userId)}`).then(() => toast(t.moderation.done), fail);
  return (
    <article class="card" aria-label={t.report.title(report.reported.displayName)}>
      <div class="split">
        <Avatar user={report.reported} size={48} />
        <span class="grow">
          <span class="row"><strong class="row"><Name user={report.reported} /></strong></span>
          <span class="muted small">{t.report.reason[report.reason]} · <bdi>{t.moderation.by(report.reporter.displayName)}</bdi> · {format.full(report.reportedAt)}</span>
        </span>
        {report.reporterCount !== undefined && report.reporterCount > 1 && <span class="count">{t.moderation.reporters(report.reporterCount)}</span>}
      </div>
      {report.note && <p><strong>{t.moderation.note}:</strong> <bdi class="said">{report.note}</bdi></p>}
      {report.evidence ? <Evidence report={report} /> : <LoadedEvidence report={report} />}
      {report.state === 'open' ? (
        <div class="split">
          <button type="button" class="button" onClick={() => void resolve('dismiss')}>{t.moderation.dismiss}</button>
          <button type="button" class="button" onClick={() => setDialog('warn')}>{t.moderation.warn}</button>
          <button type="button" class="button danger" onClick={() => setDialog('ban')}>{t.moderation.ban}</button>
        </div>
      ) : (
        <div class="split">
          <span class="grow muted small">{t.moderation.actions[report.resolution ?? ''] ?? ''}{report.resolvedAt && ` · ${format.full(report.resolvedAt)}`}</span>
          {report.resolution === 'ban' && <button type="button" class="button small" onClick={lift}>{t.moderation.lift}</button>}
        </div>
      )}
      {dialog && <ActionDialog action={dialog} name={report.reported.displayName} onClose={() => setDialog(undefined)} onDone={(more) => void resolve(dialog, more)} />}
    </article>
  );
}

function LoadedEvidence({ report }: { report: ReportCase }) {
  const { t, api } = useInbox();
  const [isOpen, setOpen] = useState(false);
  if (!isOpen) return <button type="button" class="button plain small" onClick={() => setOpen(true)}>{t.moderation.evidence}</button>;
  return <Opened id={report.reportId} read={() => api.get<ReportCase>(`api/moderation/reports/${encodeURIComponent(report.reportId)}`)} />;
}

function Opened({ id, read }: { id: string; read: () => Promise<ReportCase> }) {
  const [opened, again] = useLoaded(read, [id]);
  return <Load of={opened} again={again}>{(report) => <Evidence report={report} />}</Load>;
}

function Evidence({ report }: { report: ReportCase }) {
  const { t, format } = useInbox();
  const evidence = report.evidence ?? [];
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
