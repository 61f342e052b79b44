import { afterEach, beforeEach, test, vi } from 'vitest';
import { ScriptRun } from './script-run.js';
import { readScripts } from './scripts.js';

/** The corpus that the .NET SDK's tests run, too: Tests/Client/Scripts. */
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test.for(readScripts())('Script %s gives its updates and calls', async ([, script]) => {
  const run = new ScriptRun(script);
  try {
    await run.start();
    run.takeUpdates();
    for (const step of [...script.steps, { nothingElse: true } as const]) await run.play(step);
  } finally {
    run.stop();
  }
});
