import { ChatHubError, claimsOf, errorOf } from '@chathub/client';

interface Session {
  user: { userId: string };
  accessToken: string;
  expiresAt: string;
}

export interface SignUp {
  username: string;
  password: string;
  birthDate: string;
  displayName?: string;
  inviteCode?: string;
}

const OWN = 'api/sessions/refresh';
const HOST = 'api/sessions/host';

/**
 * Signed in at this server, by its HttpOnly cookie, or at the application that it is embedded in, by that one's; the access token is
 * kept in memory alone.
 */
export class SignedIn {
  #current: Session | undefined;
  #source = OWN;
  #renewing: Promise<string> | undefined;

  /** @param onSession Runs with the first access token of each session: what ended with the session before is put again. */
  constructor(private readonly onSession: () => void = () => {}) {}

  get userId(): string | undefined {
    return this.#current?.user.userId;
  }

  /** Whether the server is embedded, so that only its host signs in and out. */
  get isOfHost(): boolean {
    return this.#source === HOST;
  }

  /**
   * Whether the cookie still signs in; `elsewhere` where accounts are those of an issuer or a host, who signs in on pages of its own.
   * @throws when the server cannot be reached.
   */
  async resume(): Promise<'signedIn' | 'signedOut' | 'elsewhere'> {
    this.#source = OWN;
    let response = await send('POST', OWN);
    if (response.status === 404) {
      this.#source = HOST;
      response = await send('POST', HOST);
      if (response.status === 404 || response.status === 401) return 'elsewhere';
    }
    if (response.status === 401) return 'signedOut';
    await this.#keep(response);
    return 'signedIn';
  }

  async signIn(username: string, password: string): Promise<void> {
    await this.#keep(await send('POST', 'api/sessions', { username, password }));
  }

  /** Signs up, and in: only a sign-in sets the cookie. */
  async signUp(account: SignUp): Promise<void> {
    const response = await send('POST', 'api/accounts', account);
    if (!response.ok) throw await errorOf(response);
    await this.signIn(account.username, account.password);
  }

  async signOut(): Promise<void> {
    await send('DELETE', 'api/sessions/current');
    this.#current = undefined;
  }

  /** The token callback of the inbox: one renewal serves all that wait for it. */
  token = async (refused?: string): Promise<string> => {
    const { accessToken, expiresAt } = this.#current ?? {};
    if (accessToken && accessToken !== refused && Date.parse(expiresAt!) - Date.now() > 30_000) return accessToken;
    this.#renewing ??= this.#renew().finally(() => {
      this.#renewing = undefined;
    });
    return this.#renewing;
  };

  async #renew(): Promise<string> {
    const userId = this.userId;
    const token = await this.#keep(await send('POST', this.#source));
    // Signed in as another user meanwhile, in another tab: this page is the first one's.
    if (userId !== undefined && userId !== this.userId) throw new ChatHubError('unauthenticated', 'Another user has signed in.');
    return token;
  }

  async #keep(response: Response): Promise<string> {
    if (!response.ok) throw await errorOf(response);
    const before = this.#current;
    this.#current = (await response.json()) as Session;
    const { accessToken } = this.#current;
    // Another tab that signs in replaces the cookie, and with it the session of all tabs.
    if (!before || claimsOf(before.accessToken).sid !== claimsOf(accessToken).sid) this.onSession();
    return accessToken;
  }
}

const send = (method: string, path: string, body?: unknown): Promise<Response> =>
  fetch(path, { method, cache: 'no-store', ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }) });
