/** The claims of an access token that the client uses. A token that is no JWT has none. */
export interface TokenClaims {
  readonly sub?: string;
  /** The session that it belongs to. */
  readonly sid?: string;
  /** Seconds since 1970. */
  readonly exp?: number;
}

export function claimsOf(token: string): TokenClaims {
  try {
    const payload = token.split('.')[1] ?? '';
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (character) => character.charCodeAt(0));
    const claims = JSON.parse(new TextDecoder().decode(bytes)) as { sub?: unknown; sid?: unknown; exp?: unknown };
    return {
      ...(typeof claims.sub === 'string' ? { sub: claims.sub } : {}),
      ...(typeof claims.sid === 'string' ? { sid: claims.sid } : {}),
      ...(typeof claims.exp === 'number' ? { exp: claims.exp } : {}),
    };
  } catch {
    return {};
  }
}

const maxLead = 60_000;

/** Milliseconds until a token should be renewed: up to a minute before it expires. Undefined where it does not say when. */
export function renewalDelay(token: string, now = Date.now()): number | undefined {
  const { exp } = claimsOf(token);
  if (exp === undefined) return undefined;
  const left = exp * 1_000 - now;
  return Math.max(0, left - Math.min(maxLead, left / 5));
}
