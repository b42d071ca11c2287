import type { Request, Response } from 'express';
import { LOGIN_HOURS } from './sign-in.ts';

const NAME = 'motcua_login';

/** Scripts cannot read it, other sites' pages do not send it, and it goes to the API alone. */
const attributes = (secure: boolean) =>
  ({ httpOnly: true, sameSite: 'strict', secure, path: '/api/v1' }) as const;

export function setLoginCookie(response: Response, token: string, secure: boolean): void {
  response.cookie(NAME, token, { ...attributes(secure), maxAge: LOGIN_HOURS * 3_600_000 });
}

export function clearLoginCookie(response: Response, secure: boolean): void {
  response.clearCookie(NAME, attributes(secure));
}

/** The token that the browser sent, or null; whether it is a login's, `SignIn.accountOf` tells. */
export function loginToken(request: Request): string | null {
  for (const pair of (request.get('cookie') ?? '').split(';')) {
    const [name, value] = pair.trim().split('=');
    if (name === NAME && value) return value;
  }
  return null;
}
