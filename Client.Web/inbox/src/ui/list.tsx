import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

const OVERSCAN = 6;

interface Props<T> {
  items: readonly T[];
  keyOf: (item: T) => string;
  /** Of each row, in pixels. */
  height: number;
  label: string;
  /** The row's content; its first button takes the focus, and only the row with `tabIndex` 0 is in the tab order. */
  children: (item: T, tabIndex: 0 | -1) => ComponentChildren;
  /** The row that is chosen: it is scrolled into view once. */
  current?: string;
  onEnd?: () => void;
}

/** A list of rows of one height that keeps in the document only those that can be seen. Arrows, Home and End move in it. */
export function List<T>({ items, keyOf, height, label, children, current, onEnd }: Props<T>) {
  const box = useRef<HTMLDivElement>(null);
  const [view, setView] = useState({ top: 0, height: 800 });
  const [active, setActive] = useState<string>();
  const wantsFocus = useRef(false);

  useLayoutEffect(() => {
    const node = box.current!;
    const measure = (): void => setView({ top: node.scrollTop, height: node.clientHeight });
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(node);
    node.addEventListener('scroll', measure, { passive: true });
    return () => {
      observer.disconnect();
      node.removeEventListener('scroll', measure);
    };
  }, []);

  const first = Math.max(0, Math.floor(view.top / height) - OVERSCAN);
  const last = Math.min(items.length, Math.ceil((view.top + view.height) / height) + OVERSCAN);
  const keys = items.map(keyOf);
  const focusable = Math.max(0, keys.indexOf(active ?? current ?? ''));

  useLayoutEffect(() => {
    if (last >= items.length - OVERSCAN) onEnd?.();
  }, [last, items.length]);

  const show = (index: number): void => {
    const node = box.current!;
    const top = index * height;
    if (top < node.scrollTop) node.scrollTop = top;
    else if (top + height > node.scrollTop + node.clientHeight) node.scrollTop = top + height - node.clientHeight;
  };

  useLayoutEffect(() => {
    const index = current === undefined ? -1 : keys.indexOf(current);
    if (index >= 0) show(index);
  }, [current]);

  useLayoutEffect(() => {
    if (!wantsFocus.current) return;
    const row = box.current?.querySelector<HTMLElement>('[data-active] button');
    if (row) {
      wantsFocus.current = false;
      row.focus({ preventScroll: true });
    }
  });

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    const page = Math.max(1, Math.floor(view.height / height) - 1);
    const to = { ArrowDown: focusable + 1, ArrowUp: focusable - 1, Home: 0, End: items.length - 1, PageDown: focusable + page, PageUp: focusable - page }[event.key];
    if (to === undefined || items.length === 0) return;
    event.preventDefault();
    const index = Math.min(items.length - 1, Math.max(0, to));
    wantsFocus.current = true;
    setActive(keys[index]);
    show(index);
  };

  return (
    <div class="scroll" ref={box}>
      <ul class="list" aria-label={label} style={{ height: `${items.length * height}px` }} onKeyDown={onKeyDown}>
        {items.slice(first, last).map((item, i) => {
          const index = first + i;
          return (
            <li key={keys[index]} style={{ transform: `translateY(${index * height}px)` }} aria-setsize={items.length} aria-posinset={index + 1} data-active={index === focusable || undefined} onFocusIn={() => setActive(keys[index])}>
              {children(item, index === focusable ? 0 : -1)}
            </li>
          );
        })}
      </ul>
    </div>
  );
}
