import { ChatHubError, errorOf, type Page } from '@chathub/client';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
type TokenSource = (refused?: string) => Promise<string>;

/** The server's HTTP part, as the signed-in user. */
export class Api {
  constructor(private readonly server: string, private readonly token: TokenSource) {}

  /** An address of the server, which may be mounted under a path; foreign addresses stay as they are. */
  url = (path: string): string => new URL(path.replace(/^\/(?!\/)/, ''), this.server).href;

  /** An address that the server gave out: its path begins at the origin. */
  given = (path: string): string => new URL(path, this.server).href;

  get = <T>(path: string): Promise<T> => this.#json<T>('GET', path);
  post = <T>(path: string, body: unknown): Promise<T> => this.#json<T>('POST', path, JSON.stringify(body), 'application/json');
  put = <T>(path: string, body: unknown): Promise<T> => this.#json<T>('PUT', path, JSON.stringify(body), 'application/json');
  putBlob = <T>(path: string, body: Blob): Promise<T> => this.#json<T>('PUT', path, body, body.type);
  delete = (path: string, body?: unknown): Promise<void> =>
    this.#json<void>('DELETE', path, body === undefined ? undefined : JSON.stringify(body), body === undefined ? undefined : 'application/json');

  blob = async (path: string): Promise<Blob> => (await this.#send('GET', path)).blob();

  async #json<T>(method: Method, path: string, body?: BodyInit, type?: string): Promise<T> {
    const response = await this.#send(method, path, body, type);
    return (response.status === 204 ? undefined : await response.json()) as T;
  }

  async #send(method: Method, path: string, body?: BodyInit, type?: string): Promise<Response> {
    const token = await this.token();
    const response = await this.#attempt(token, method, path, body, type);
    if (response.ok) return response;
    const again = response.status === 401 && (await isExpired(response)) ? await this.#attempt(await this.token(token), method, path, body, type) : response;
    if (again.ok) return again;
    throw await errorOf(again);
  }

  async #attempt(token: string, method: Method, path: string, body?: BodyInit, type?: string): Promise<Response> {
    const headers: Record<string, string> = { authorization: `Bearer ${token}` };
    if (type) headers['content-type'] = type;
    try {
      return await fetch(this.url(path), { method, headers, body: body ?? null, cache: 'no-store', credentials: 'omit' });
    } catch {
      throw new ChatHubError('unreachable', 'The server cannot be reached.');
    }
  }
}

export const allOf = async <T>(read: (cursor?: string) => Promise<Page<T>>, max: number): Promise<Page<T>> => {
  const items: T[] = [];
  let nextCursor: string | null | undefined;
  do {
    const page = await read(nextCursor ?? undefined);
    items.push(...page.items);
    nextCursor = page.nextCursor;
  } while (nextCursor && items.length < max);
  return { items, nextCursor };
};

const isExpired = async (response: Response): Promise<boolean> => (await errorOf(response.clone())).code !== 'invalid_credentials';
