import { afterEach, describe, expect, it, vi } from 'vitest';
import { SignedIn } from '../src/session.js';

const tokenOf = (sid: string, n: number): string => `head.${btoa(JSON.stringify({ sub: 'u1', sid, jti: n }))}.sign`;

/** A server whose cookie belongs to `sid`, which each sign-in replaces. Its tokens are always about to expire. */
function serve(sid: string): { signInElsewhere: (sid: string) => void } {
  let current = sid;
  let issued = 0;
  vi.stubGlobal('fetch', async (path: string) => {
    if (path === 'api/sessions') current = `${current}+`;
    if (path === 'api/accounts') return Response.json({}, { status: 201 });
    return Response.json({ user: { userId: 'u1' }, accessToken: tokenOf(current, ++issued), expiresAt: new Date().toISOString() });
  });
  return { signInElsewhere: (other) => { current = other; } };
}

afterEach(() => vi.unstubAllGlobals());

describe('SignedIn', () => {
  it('reports a session with its first token alone', async () => {
    serve('s1');
    const onSession = vi.fn();
    const signedIn = new SignedIn(onSession);
    await signedIn.resume();
    expect(await signedIn.token()).not.toBe(await signedIn.token());
    expect(onSession).toHaveBeenCalledTimes(1);
  });

  it('reports the session of another tab that signed in', async () => {
    const { signInElsewhere } = serve('s1');
    const onSession = vi.fn();
    const signedIn = new SignedIn(onSession);
    await signedIn.resume();
    signInElsewhere('s2');
    await signedIn.token();
    expect(onSession).toHaveBeenCalledTimes(2);
  });

  it('reports each sign-in, and one for a sign-up', async () => {
    serve('s1');
    const onSession = vi.fn();
    const signedIn = new SignedIn(onSession);
    await signedIn.signUp({ username: 'anna', password: 'a password', birthDate: '1990-05-17' });
    expect(onSession).toHaveBeenCalledTimes(1);
    await signedIn.signOut();
    await signedIn.signIn('anna', 'a password');
    expect(onSession).toHaveBeenCalledTimes(2);
  });
});
