import { useInbox } from '../core/hooks.js';
import { shortcuts } from '../core/shortcuts.js';
import { Dialog } from '../ui/basics.js';

export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  const { t } = useInbox();
  return (
    <Dialog title={t.app.shortcuts} onClose={onClose}>
      <dl class="shortcuts">
        {shortcuts.map(({ keys, name }) => [
          <dt key={name}>{keys.map((key, i) => <>{i > 0 && ' '}<kbd>{key}</kbd></>)}</dt>,
          <dd key={`${name} what`}>{t.shortcuts[name]}</dd>,
        ])}
      </dl>
      <div class="ends"><button type="button" class="button" onClick={onClose}>{t.app.close}</button></div>
    </Dialog>
  );
}
