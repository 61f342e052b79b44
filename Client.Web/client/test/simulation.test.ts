import { writeFileSync } from 'node:fs';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { applyUpdates, emptyInbox, type Change, type Conversation, type InboxState, type Update } from '../src/index.js';
import { ModelServer, randomOf } from './model-server.js';
import { ScriptRun, settle } from './script-run.js';
import { describe, omitSamples, scriptsFolder, type Script, type Step } from './scripts.js';

/**
 * Random runs: events are dropped, repeated, delayed and reordered, connections and calls are lost, pages have any size, and
 * the application still ends with the server's state, each message delivered once in order. With CHATHUB_WRITE_SCRIPTS set,
 * some are written as scripts, which the .NET SDK's tests must then play alike.
 */
const runs = 50;
const writtenRuns = 6;
const stepsOfRun = 120;

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.for([[false], [true]])('Any faults converge to the server state (changes of messages: %s)', { timeout: 120_000 }, async ([changesMessages]) => {
  for (let seed = 1; seed <= runs; seed++) {
    const simulation = new Simulation(seed, changesMessages ?? false);
    const script = await simulation.play();
    const isWritten = process.env['CHATHUB_WRITE_SCRIPTS'] && seed <= writtenRuns;
    if (isWritten) write(`random-${changesMessages ? 'changes-' : ''}${String(seed).padStart(2, '0')}`, script);
  }
});

class Simulation {
  readonly #random: (below: number) => number;
  readonly #server: ModelServer;
  readonly #run: ScriptRun;
  readonly #script: Script;
  readonly #application = new Application();
  readonly #inFlight: Change[] = [];

  constructor(readonly seed: number, changesMessages: boolean) {
    this.#random = randomOf(seed);
    this.#server = new ModelServer(this.#random, changesMessages);
    for (let i = 0; i < 20; i++) this.#server.change();
    const { version, conversations, requests } = this.#server;
    this.#script = {
      about: `A random run (seed ${seed}) of Client.Web/client/test/simulation.test.ts.`,
      start: { version, conversations: conversations.map((item) => omitSamples(item, 'conversation')), requests: requests.map((item) => omitSamples(item, 'request')) },
      steps: [],
    };
    this.#run = new ScriptRun(this.#script);
  }

  async play(): Promise<Script> {
    try {
      await this.#run.start();
      this.#application.apply(this.#run.takeUpdates());
      for (let i = 0; i < stepsOfRun; i++) await this.#act(this.#random(20));
      await this.#end();
      this.#application.expectStateOf(this.#server, this.seed);
      return this.#script;
    } finally {
      this.#run.stop();
    }
  }

  async #act(action: number): Promise<void> {
    const index = this.#random(Math.max(1, this.#inFlight.length));
    const change = this.#inFlight[index];
    if (action < 7) {
      this.#inFlight.push(this.#server.change());
    } else if (action < 12 && change) {
      if (this.#random(4) > 0) this.#inFlight.splice(index, 1);
      await this.#do({ event: change.event, content: omitSamples(change.content) });
    } else if (action === 12) {
      this.#inFlight.splice(index, 1);
    } else if (action === 13) {
      await this.#do({ position: this.#server.position });
    } else if (action === 14) {
      await this.#do({ connected: true });
    } else if (action === 15 && this.#random(10) === 0) {
      this.#server.changeEpoch();
      this.#inFlight.length = 0;
      await this.#do({ connected: true });
    } else {
      await this.#advance(this.#random(6) === 0);
    }
  }

  /** Answers the call that waits, or loses it; without one, lets the time pass that the loop waits for. */
  async #advance(isLost: boolean): Promise<void> {
    const call = this.#run.pendingCall;
    if (!call) {
      if (vi.getTimerCount() > 0) await this.#do({ time: 500 });
      return;
    }

    if (call.method === 'GetMe') {
      const { me, conversations, requests } = this.#server;
      await this.#do({
        load: {
          me: omitSamples(me, 'me'),
          conversations: conversations.map((item) => omitSamples(item, 'conversation')),
          requests: requests.map((item) => omitSamples(item, 'request')),
        },
      });
      return;
    }

    await this.#do({ call: call.method, input: call.input, ...(isLost ? { lost: true } : { answer: this.#answer(call.method, call.input) }) });
  }

  #answer(method: string, input: object): object {
    if (method === 'GetMessages') return omitSamples(this.#server.getMessages(input as { conversationId: string; limit: number }));
    const { epoch, after } = input as { epoch: string; after: number };
    const { epoch: current, version } = this.#server.position;
    return epoch === current ? omitSamples(this.#server.sync(after), 'syncPage') : { epoch: current, version, reset: true };
  }

  async #end(): Promise<void> {
    for (const change of this.#inFlight) await this.#do({ event: change.event, content: omitSamples(change.content) });
    await this.#do({ connected: true });
    while (this.#run.pendingCall || vi.getTimerCount() > 0) await this.#advance(false);
  }

  async #do(step: Step): Promise<void> {
    await this.#run.play(step);
    await settle();
    const updates = this.#run.takeUpdates();
    this.#application.apply(updates);
    this.#script.steps.push(step);
    if (updates.length > 0) this.#script.steps.push({ updates: updates.map(describe) });
  }
}

/** An application on the SDK, which notices a message that comes twice, late or early, or a conversation that goes back. */
class Application {
  #inbox: InboxState = emptyInbox;
  readonly #lastSeqs = new Map<string, number>();

  apply(updates: readonly Update[]): void {
    for (const update of updates) {
      if (update.type === 'cleared') this.#lastSeqs.clear();
      else if (update.type === 'conversation') this.#onConversation(update.conversation);
      else if (update.type === 'message') this.#onMessage(update.message.conversationId, update.message.seq);
      this.#inbox = applyUpdates(this.#inbox, [update]);
    }
  }

  expectStateOf(server: ModelServer, seed: number): void {
    const { conversations, requests, badges } = this.#inbox;
    expect({ seed, badges }).toEqual({ seed, badges: server.badges });
    expect([...requests.keys()].sort()).toEqual(server.requests.map((request) => request.requestId).sort());
    // The reducer writes down what is false by default.
    const plain = (items: Iterable<Conversation>) => [...items].map((item) => ({ ...item, isArchived: false, lastChange: item.lastChange ?? 0 }))
      .sort((a, b) => a.conversationId.localeCompare(b.conversationId));
    expect(plain(conversations.values())).toEqual(plain(server.conversations));
  }

  #onConversation(conversation: Conversation): void {
    const { conversationId, lastSeq, seenSeq, peerSeenSeq } = conversation;
    const before = this.#inbox.conversations.get(conversationId);
    for (const [now, then] of [[lastSeq, before?.lastSeq], [seenSeq, before?.seenSeq], [peerSeenSeq, before?.peerSeenSeq]] as const) {
      expect(now).toBeGreaterThanOrEqual(then ?? 0);
    }
    if (!this.#lastSeqs.has(conversationId)) this.#lastSeqs.set(conversationId, this.#inbox.isReady ? 0 : lastSeq);
  }

  #onMessage(conversationId: string, seq: number): void {
    expect(seq).toBe((this.#lastSeqs.get(conversationId) ?? 0) + 1);
    this.#lastSeqs.set(conversationId, seq);
  }
}

function write(name: string, { steps, ...head }: Script): void {
  const properties = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  const lines = ['{', ...properties, '  "steps": [', steps.map((step) => `    ${JSON.stringify(step)}`).join(',\n'), '  ]', '}', ''];
  writeFileSync(new URL(`${name}.json`, scriptsFolder), lines.join('\n'));
}
