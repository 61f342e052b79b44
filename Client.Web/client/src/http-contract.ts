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

export interface ReportCase {
  reportId: string;
  reporter: UserCard;
  reported: UserCard;
  reason: ReportReason;
  note?: string | null;
  reportedAt: string;
  state: 'open' | 'resolved';
  resolution?: ReportAction | null;
  resolvedAt?: string | null;
  resolvedBy?: string | null;
  evidence: ReportEvidence[];
}

export type ReportAction = 'dismiss' | 'warn' | 'ban';

export interface ReportEvidence {
  requestId?: string | null;
  conversationId?: string | null;
  seq?: number | null;
  senderId: string;
  text: string;
  sentAt: string;
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
