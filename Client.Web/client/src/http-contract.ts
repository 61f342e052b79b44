import type { ReportReason, UserCard } from './contract.js';

/** The HTTP endpoints' shapes that a user's or moderator's page needs (contract 6). */

export interface SignUpInput {
  username: string;
  password: string;
  /** `YYYY-MM-DD`. */
  birthDate: string;
  displayName?: string;
  /** Where sign-up needs an invitation. */
  inviteCode?: string;
}

export interface SignInInput {
  username: string;
  password: string;
}

export interface Session {
  user: UserCard;
  accessToken: string;
  expiresAt: string;
}

export interface SessionInfo {
  sessionId: string;
  device?: string | null;
  address?: string | null;
  begunAt: string;
  lastUsedAt: string;
  isCurrent: boolean;
}

export interface ChangePasswordInput {
  currentPassword: string;
  newPassword: string;
}

export interface PasswordResetInput {
  code: string;
  newPassword: string;
}

export interface AvatarReceipt {
  avatarUrl: string;
}

export interface PushSubscriptionInput {
  /** https, public addresses only. */
  endpoint: string;
  p256dh: string;
  auth: string;
}

/** Problem details (RFC 9457) with the code of contract 2. */
export interface Problem {
  title: string;
  status: number;
  code: string;
  detail?: string;
  retryAfter?: number;
}

/** A report in the queue. */
export interface ReportSummary {
  reportId: string;
  reporter: UserCard;
  reported: UserCard;
  reasons: ReportReason[];
  reportedAt: string;
  updatedAt: string;
  noteCount: number;
  evidenceCount: number;
  /** In the open queue: how many users reported the same user. */
  reporters?: number | null;
  state: ReportState;
  resolution?: ReportAction | null;
  resolvedAt?: string | null;
  resolvedBy?: string | null;
}

/** A report as a moderator opens it, with the history of the reported user. */
export interface ReportCase {
  report: ReportSummary;
  notes: ReportNote[];
  evidence: ReportEvidence[];
  history: ModeratedUser;
}

export type ReportState = 'open' | 'resolved';

export interface ReportNote {
  text: string;
  at: string;
}

export type ReportAction = 'dismiss' | 'warn' | 'ban';

export interface ReportEvidence {
  requestId?: string | null;
  conversationId?: string | null;
  seq?: number | null;
  senderId: string;
  text: string;
  sentAt: string;
  /** Of an earlier text: when it was replaced. */
  replacedAt?: string | null;
}

export interface ResolveReportInput {
  action: ReportAction;
  /** Of a ban; none: until lifted. */
  hours?: number;
  reason?: string;
}

export interface BanInput {
  hours?: number;
  reason?: string;
}

export interface Ban {
  userId: string;
  bannedAt: string;
  until?: string | null;
  reason?: string | null;
}

export interface BannedUser {
  user: UserCard;
  ban: Ban;
}

/** A ban of the past, or one that holds. */
export interface BanRecord {
  at: string;
  moderatorId: string;
  until?: string | null;
  reason?: string | null;
  reportId?: string | null;
  liftedAt?: string | null;
  liftedBy?: string | null;
}

export interface WarningRecord {
  at: string;
  moderatorId: string;
  reason: string;
  reportId?: string | null;
}

export interface ModeratorNote {
  at: string;
  moderatorId: string;
  text: string;
}

export interface ModeratorNoteInput {
  /** 1..1,000 characters. */
  text: string;
}

export interface ModeratedUser {
  user: UserCard;
  /** The one that holds. */
  ban?: Ban | null;
  reports: ReportSummary[];
  bans: BanRecord[];
  warnings: WarningRecord[];
  notes: ModeratorNote[];
}

export type AuditAction = 'openReport' | 'dismissReport' | 'warn' | 'ban' | 'liftBan' | 'addNote';

export interface AuditEntry {
  at: string;
  moderatorId: string;
  action: AuditAction;
  userId: string;
  reportId?: string | null;
  until?: string | null;
  reason?: string | null;
}
