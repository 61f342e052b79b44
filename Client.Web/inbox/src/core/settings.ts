import type { Me, Settings, UpdateSettingsInput } from '@chathub/client';
import { useState } from 'preact/hooks';
import { useInbox } from './hooks.js';

/** The settings as chosen: what is on its way to the server counts already. */
export function useSettings(me: Me): [Settings, (change: UpdateSettingsInput) => void] {
  const { client, fail } = useInbox();
  const [pending, setPending] = useState<UpdateSettingsInput>({});
  const save = (change: UpdateSettingsInput): void => {
    setPending((all) => ({ ...all, ...change }));
    void client.hub.UpdateSettings(change).catch(fail).finally(() => setPending({}));
  };
  return [{ ...me.settings, ...pending }, save];
}
