import { expect, vi } from 'vitest';
import { ChatHubError, type Change, type Conversation, type HubMethod, type Position, type Request, type Update } from '../src/index.js';
import { parseHubError } from '../src/errors.js';
import { Backoff } from '../src/connection/backoff.js';
import { Calls } from '../src/connection/calls.js';
import type { Connection } from '../src/connection/connection.js';
import { UpdateLoop } from '../src/updates/loop.js';
import { SignalQueue } from '../src/updates/signals.js';
import { complete, describe, type Script, type Step } from './scripts.js';

export interface PendingCall {
  method: HubMethod;
  input: object;
  resolve(answer: unknown): void;
  reject(error: Error): void;
}

/** Plays a script: the server, the connection and the clock of one update loop. */
export class ScriptRun {
  readonly #script: Script;
  readonly #signals = new SignalQueue();
  readonly #stopping = new AbortController();
  readonly #updates: Update[] = [];
  readonly #pending: PendingCall[] = [];
  readonly #loop: UpdateLoop;

  constructor(script: Script) {
    this.#script = script;
    const connection = {
      generation: 1,
      waitForGeneration: async () => true,
      invoke: (method: HubMethod, input: object) => new Promise((resolve, reject) => this.#pending.push({ method, input, resolve, reject })),
    } as unknown as Connection;
    const calls = new Calls(connection, { maxReconnectWait: 0, maxRateLimitWait: 0, backoff: new Backoff(0, 0) }, () => {});
    this.#loop = new UpdateLoop(
      (method, input) => calls.untilAnswered(method, input, this.#stopping.signal), this.#signals,
      // This SDK keeps presence, and says when it is not known any more: the scripts are those of all SDKs.
      (updates) => this.#updates.push(...updates.filter((update) => update.type !== 'presenceCleared')), script.replayUnseen ?? false, this.#stopping.signal);
  }

  /** The call that waits for its answer. */
  get pendingCall(): PendingCall | undefined {
    return this.#pending[0];
  }

  /** What was published since the last time. */
  takeUpdates(): Update[] {
    return this.#updates.splice(0);
  }

  async start(): Promise<void> {
    this.#loop.run().catch((error: unknown) => {
      if (!this.#stopping.signal.aborted) throw error;
    });
    const { version, conversations = [], requests = [] } = this.#script.start;
    await this.#load({ me: { version }, conversations, requests }, this.#script.startCalls ?? []);
    await this.play({ call: 'Sync', input: { epoch: 'e', after: version, limit: 100 }, answer: { version } });
    await settle();
    if (this.#script.startUpdates) expect(this.#updates.splice(0).map(describe)).toEqual(this.#script.startUpdates);
  }

  stop(): void {
    this.#stopping.abort(new Error('The script has ended.'));
    for (const call of this.#pending) call.reject(new Error('The script has ended.'));
  }

  async play(step: Step): Promise<void> {
    if ('event' in step) this.#signals.post({ type: 'change', change: { event: step.event, content: complete(step.content) } as Change });
    else if ('position' in step) this.#signals.post({ type: 'position', position: step.position as Position });
    else if ('connected' in step) this.#signals.post({ type: 'connected' });
    else if ('call' in step) await this.#answer(step);
    else if ('load' in step) await this.#load(step.load, []);
    else if ('time' in step) await vi.advanceTimersByTimeAsync(step.time);
    else if ('updates' in step) await this.#expect(step.updates);
    else await this.#expectNothing();
  }

  async #answer(step: Extract<Step, { call: string }>): Promise<void> {
    const call = await this.#nextCall();
    expect({ call: call.method, input: call.input }).toEqual({ call: step.call, input: step.input });
    if (step.lost) call.reject(new ChatHubError('unreachable', 'The connection broke.'));
    else if (step.error === undefined) call.resolve(complete(step.answer ?? {}, step.call === 'Sync' ? 'syncPage' : undefined));
    else call.reject(parseHubError(step.error));
    await settle();
  }

  /** Answers the reads of lists in whatever order they come, until Sync. */
  async #load({ me, conversations = [], requests = [] }: Extract<Step, { load: object }>['load'], besides: Step[]): Promise<void> {
    const extra = [...besides];
    for (;;) {
      const call = await this.#nextCall();
      if (call.method === 'Sync') {
        this.#pending.unshift(call);
        return;
      }
      if (call.method === 'GetMe') call.resolve(complete(me, 'me'));
      else if (call.method === 'ListConversations') {
        const { archived = false } = call.input as { archived?: boolean };
        call.resolve({ items: conversations.map((item) => complete<Conversation>(item, 'conversation')).filter((item) => (item.isArchived ?? false) === archived) });
      } else if (call.method === 'ListRequests') {
        const { direction, folder = 'main' } = call.input as { direction: string; folder?: string };
        call.resolve({
          items: requests.map((item) => complete<Request>(item, 'request')).filter((item) => item.direction === direction && (item.folder ?? 'main') === folder),
        });
      } else {
        this.#pending.unshift(call);
        await this.play(extra.shift() ?? { nothingElse: true });
      }
      await settle();
    }
  }

  async #expect(updates: string[]): Promise<void> {
    await settle();
    expect(this.#updates.splice(0, updates.length).map(describe)).toEqual(updates);
  }

  async #expectNothing(): Promise<void> {
    await settle();
    expect(this.#updates.map(describe)).toEqual([]);
    expect(this.#pending).toEqual([]);
  }

  async #nextCall(): Promise<PendingCall> {
    await settle();
    const call = this.#pending.shift();
    if (!call) expect.fail('There is no call.');
    return call;
  }
}

/** Lets everything happen that needs no time. */
export async function settle(): Promise<void> {
  await vi.advanceTimersByTimeAsync(0);
}
