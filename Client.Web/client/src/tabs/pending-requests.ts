import { isRepeatable } from '../connection/calls.js';
import { ChatHubError } from '../errors.js';
import { fromPlain, toPlain, type TabRequest } from './messages.js';

interface PendingRequest {
  readonly request: TabRequest;
  resolve(result: unknown): void;
  reject(error: ChatHubError): void;
}

/** The requests of a following tab that wait for the leader's response. */
export class PendingRequests {
  readonly #requests = new Map<number, PendingRequest>();
  #next = 0;

  /**
   * @param post Sends the request to the leader, under its id.
   * @returns The response, which `settle` gives.
   */
  send(request: TabRequest, post: (id: number) => void): Promise<unknown> {
    return new Promise((resolve, reject) => {
      const id = this.#next++;
      this.#requests.set(id, { request, resolve, reject });
      post(id);
    });
  }

  /** What the former leader has not answered goes to the next one. Report may have been carried out: only its caller knows. */
  repeat(send: (request: TabRequest, id: number) => Promise<unknown> | void): void {
    for (const [id, { request }] of this.#requests) {
      if (request.type === 'call' && !isRepeatable(request.method)) {
        this.settle(id, undefined, new ChatHubError('unreachable', 'The tab with the connection was closed before the response.'));
        continue;
      }
      send(request, id)?.then((result) => this.settle(id, result), (error: unknown) => this.settle(id, undefined, fromPlain(toPlain(error))));
    }
  }

  /** A second response to the same request changes nothing. */
  settle(id: number, result: unknown, error?: ChatHubError): void {
    const pending = this.#requests.get(id);
    this.#requests.delete(id);
    if (error) pending?.reject(error);
    else pending?.resolve(result);
  }

  end(reason: ChatHubError): void {
    for (const id of [...this.#requests.keys()]) this.settle(id, undefined, reason);
  }
}
