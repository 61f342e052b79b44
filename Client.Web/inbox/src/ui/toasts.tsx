import { useLayoutEffect, useState } from 'preact/hooks';
import type { Toast } from '../core/inbox.js';

const SHOWN_MS = 7_000;

/** What was just done or refused, one below the other; each goes by itself. */
export const Toasts = ({ all, onEnd }: { all: readonly Toast[]; onEnd: (id: number) => void }) => (
  <div class="toasts" role="status">
    {all.map((one) => <ToastView key={one.id} toast={one} onEnd={() => onEnd(one.id)} />)}
  </div>
);

/** It stays while the pointer or the keyboard is on it, and has its whole time again afterwards: a user who reads or aims is not hurried. */
function ToastView({ toast: { text, action }, onEnd }: { toast: Toast; onEnd: () => void }) {
  const [isHovered, setHovered] = useState(false);
  const [isFocused, setFocused] = useState(false);
  const isHeld = isHovered || isFocused;
  useLayoutEffect(() => {
    if (isHeld) return;
    const timer = setTimeout(onEnd, SHOWN_MS);
    return () => clearTimeout(timer);
  }, [isHeld]);
  return (
    <div class="toast" onMouseEnter={() => setHovered(true)} onMouseLeave={() => setHovered(false)}
      onFocusIn={() => setFocused(true)} onFocusOut={() => setFocused(false)}>
      <span>{text}</span>
      {action && <button type="button" class="link" onClick={() => { onEnd(); action.run(); }}>{action.label}</button>}
    </div>
  );
}
