import { Component, createElement, type ComponentType, type FunctionComponent } from 'preact';

type Props = Record<string, unknown>;

/** Draws `view` again only when one of its properties is another. */
export function memo<P extends object>(view: FunctionComponent<P>, isSame: (a: P, b: P) => boolean = areSame): ComponentType<P> {
  return class Memo extends Component<P> {
    override shouldComponentUpdate(next: Readonly<P>): boolean {
      return !isSame(this.props as P, next as P);
    }

    override render() {
      return createElement(view, this.props as P);
    }
  };
}

function areSame<P extends object>(a: P, b: P): boolean {
  const [left, right] = [a as Props, b as Props];
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => Object.is(left[name], right[name]));
}
