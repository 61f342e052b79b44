import type { ErrorCode, Page } from './contract.js';
import { ChatHubError } from './errors.js';
import type {
  AvatarReceipt, ChangePasswordInput, PasswordResetInput, Problem, Session, SessionInfo, SignInInput, SignUpInput,
} from './http-contract.js';

/**
 * Signing up, in and out over HTTP, for servers with built-in accounts. A browser keeps the cookie that `signIn` sets, and
 * `refresh` uses it; for another origin's server it is sent along only where `Http:AllowedOrigins` lists the page.
 * Every method rejects with `ChatHubError`; `unreachable` when there was no response, or none of a ChatHub server.
 */
export class ChatHubAccounts {
  readonly #url: string;

  /** @param url The server's address, with the path it is mounted under, if any. */
  constructor(url: string) {
    this.#url = url.endsWith('/') ? url : `${url}/`;
  }

  /** Creates an account; only signing in starts a session that can be refreshed. */
  signUp(input: SignUpInput): Promise<Session> {
    return this.#json('POST', 'api/accounts', input);
  }

  signIn(input: SignInInput): Promise<Session> {
    return this.#json('POST', 'api/sessions', input);
  }

  /** A new access token for the session of the cookie; `unauthenticated` where there is none. */
  refresh(): Promise<Session> {
    return this.#json('POST', 'api/sessions/refresh');
  }

  /** Ends the session of the cookie: its connections are closed and its access tokens refused. */
  signOut(): Promise<void> {
    return this.#nothing('DELETE', 'api/sessions/current');
  }

  /** Where the user is signed in, the latest used first. */
  listSessions(accessToken: string): Promise<Page<SessionInfo>> {
    return this.#json('GET', 'api/me/sessions', undefined, accessToken);
  }

  endSession(accessToken: string, sessionId: string): Promise<void> {
    return this.#nothing('DELETE', `api/me/sessions/${encodeURIComponent(sessionId)}`, undefined, accessToken);
  }

  endOtherSessions(accessToken: string): Promise<void> {
    return this.#nothing('DELETE', 'api/me/sessions', undefined, accessToken);
  }

  /** All other sessions end. */
  changePassword(accessToken: string, input: ChangePasswordInput): Promise<void> {
    return this.#nothing('PUT', 'api/me/password', input, accessToken);
  }

  /** With a code of the host application; all sessions end. */
  resetPassword(input: PasswordResetInput): Promise<void> {
    return this.#nothing('POST', 'api/accounts/password-reset', input);
  }

  /** @param picture PNG, JPEG or WebP, at most 256 KB. */
  async setAvatar(accessToken: string, picture: Blob): Promise<AvatarReceipt> {
    return (await this.#send('PUT', 'api/me/avatar', picture, accessToken)).json() as Promise<AvatarReceipt>;
  }

  removeAvatar(accessToken: string): Promise<void> {
    return this.#nothing('DELETE', 'api/me/avatar', undefined, accessToken);
  }

  /** Everything that is stored on the user, as JSON lines. */
  async export(accessToken: string): Promise<Blob> {
    return (await this.#send('GET', 'api/me/export', undefined, accessToken)).blob();
  }

  /** Erases the account permanently. */
  erase(accessToken: string, userId: string, password: string): Promise<void> {
    return this.#nothing('DELETE', `api/directory/users/${encodeURIComponent(userId)}`, { password }, accessToken);
  }

  async #json<T>(method: string, path: string, body?: object, accessToken?: string): Promise<T> {
    return (await this.#send(method, path, body, accessToken)).json() as Promise<T>;
  }

  async #nothing(method: string, path: string, body?: object, accessToken?: string): Promise<void> {
    await this.#send(method, path, body, accessToken);
  }

  async #send(method: string, path: string, body?: object, accessToken?: string): Promise<Response> {
    const isBlob = body instanceof Blob;
    const headers: Record<string, string> = {};
    if (body) headers['content-type'] = isBlob ? body.type : 'application/json';
    if (accessToken) headers['authorization'] = `Bearer ${accessToken}`;
    const init: RequestInit = { method, headers, credentials: 'include', ...(body ? { body: isBlob ? body : JSON.stringify(body) } : {}) };
    const response = await fetch(this.#url + path, init).catch((error: unknown) => {
      throw new ChatHubError('unreachable', `The server did not respond: ${String(error)}`);
    });
    if (!response.ok) throw await errorOf(response);
    return response;
  }
}

/** The refusal that a response of the server's HTTP part holds: of problem details with a code; of anything else (a proxy in between), by the status. */
export async function errorOf(response: Response): Promise<ChatHubError> {
  const problem = (await response.json().catch(() => undefined)) as Partial<Problem> | null | undefined;
  const header = response.headers.get('retry-after');
  const retryAfter = problem?.retryAfter ?? (header !== null && /^\d+$/.test(header) ? Number(header) : undefined);
  const code = problem?.code ?? codeOfStatus[response.status] ?? 'unreachable';
  return new ChatHubError(code as ErrorCode, problem?.detail ?? problem?.title ?? `The server responded with ${response.status}.`, retryAfter);
}

const codeOfStatus: { [status: number]: ErrorCode } = { 401: 'unauthenticated', 403: 'forbidden', 429: 'rate_limited', 503: 'unavailable' };
