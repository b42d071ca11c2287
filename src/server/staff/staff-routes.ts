import type { Request, RequestHandler, Response } from 'express';
import { z } from 'zod';
import { cleanText } from '../../channels/clean-text.ts';
import {
  MIN_PASSWORD_LENGTH,
  type WireLogin,
  type WireSetup,
  type WireStaff,
} from '../../channels/web/wire.ts';
import type { StaffAccount } from '../../domain/staff.ts';
import { AppError } from '../../errors.ts';
import { addressOf } from '../rate-limits.ts';
import { defineRoute, type Route } from '../route.ts';
import { clearLoginCookie, loginToken, setLoginCookie } from './login-cookie.ts';
import { requireSameSite } from './same-site.ts';
import type { SignedIn, SignIn } from './sign-in.ts';

/** Longer ones only cost hashing time. */
const MAX_PASSWORD_LENGTH = 200;
/** In characters, as for citizens. */
const MAX_QUESTION_LENGTH = 2000;

const password = z.string().max(MAX_PASSWORD_LENGTH);
const staffSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(['curator', 'reviewer', 'admin']),
}) satisfies z.ZodType<WireStaff>;
const loginSchema = z.object({ email: z.string().max(200), password }) satisfies z.ZodType<WireLogin>;
const questionSchema = z.object({ text: z.string().max(MAX_QUESTION_LENGTH) });
const share = z.number().min(0).max(1);
const explanationSchema = z.object({
  outcome: z.enum(['answered', 'clarification', 'fallback', 'handover']),
  confidence: share,
  answersFrom: share,
  topics: z.array(
    z.object({
      topicId: z.string(),
      label: z.string(),
      confidence: share,
      score: z.number(),
      margin: z.number().nullable(),
      nearestPhrase: z.string().nullable(),
      cosine: z.number(),
      words: z.array(z.object({ text: z.string(), weight: z.number() })),
    }),
  ),
  changes: z.array(z.object({ kind: z.string(), from: z.string(), to: z.string() })),
  unknownWords: z.array(z.string()),
  rules: z.array(z.string()),
  facets: z.array(z.string()),
  evidence: z.array(z.object({ name: z.string(), value: z.number() })),
  advice: z.array(z.string()),
});
const setupSchema = z.object({
  token: z.string().max(100),
  name: z.string().max(100),
  email: z.string().max(200),
  password: password.meta({ minLength: MIN_PASSWORD_LENGTH }),
}) satisfies z.ZodType<WireSetup>;

type StaffRouteParts = {
  signIn: SignIn;
  publicUrl: string | null;
  /** Why a question is answered as it is. */
  explain: (text: string) => z.infer<typeof explanationSchema>;
};

/** Sign-in of the staff console, and what staff ask of the matcher. */
export function staffRoutes({ signIn, publicUrl, explain }: StaffRouteParts): Route[] {
  const secure = publicUrl?.startsWith('https:') ?? false;
  const before: RequestHandler[] = [requireSameSite(publicUrl)];

  function welcome(response: Response, { account, token }: SignedIn): WireStaff {
    setLoginCookie(response, token, secure);
    return present(response, account);
  }

  return [
    defineRoute({
      method: 'post',
      path: '/api/v1/staff/setup',
      audience: 'staff',
      summary: 'Set up the first admin with the one-time link, and sign in',
      body: setupSchema,
      success: { status: 201, description: 'Set up and signed in.', schema: staffSchema },
      errors: ['link-not-valid', 'password-too-short', 'invalid-email', 'wrong-origin'],
      before,
      handle: async ({ body, response }) => welcome(response, await signIn.setUp(checkSetup(body))),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/staff/login',
      audience: 'staff',
      summary: 'Sign in',
      body: loginSchema,
      success: { status: 200, description: 'Signed in.', schema: staffSchema },
      errors: ['wrong-credentials', 'too-many-attempts', 'wrong-origin'],
      before,
      async handle({ body, request, response }) {
        const login = { email: body.email.trim(), password: body.password };
        return welcome(response, await signIn.logIn(login, addressOf(request)));
      },
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/staff/logout',
      audience: 'staff',
      summary: 'Sign out',
      success: { status: 204, description: 'Signed out.' },
      errors: ['wrong-origin'],
      before,
      async handle({ request, response }) {
        const token = loginToken(request);
        if (token) await signIn.logOut(token);
        clearLoginCookie(response, secure);
      },
    }),
    defineRoute({
      method: 'get',
      path: '/api/v1/staff/me',
      audience: 'staff',
      summary: 'Who is signed in',
      success: { status: 200, description: 'You.', schema: staffSchema },
      errors: ['signed-out'],
      handle: async ({ request, response }) => present(response, await requireStaff(signIn, request)),
    }),
    defineRoute({
      method: 'post',
      path: '/api/v1/staff/explain',
      audience: 'staff',
      summary: 'Why a question is answered as it is, and what would have to change',
      body: questionSchema,
      success: { status: 200, description: 'The explanation.', schema: explanationSchema },
      errors: ['signed-out', 'empty-message', 'wrong-origin'],
      before,
      async handle({ body, request, response }) {
        await requireStaff(signIn, request);
        const text = cleanText(body.text);
        if (text === '') throw new AppError('empty-message', 'The question is empty.');
        response.set('Cache-Control', 'no-store');
        return explain(text);
      },
    }),
  ];
}

/** @throws AppError `signed-out` */
async function requireStaff(signIn: SignIn, request: Request): Promise<StaffAccount> {
  const token = loginToken(request);
  const account = token ? await signIn.accountOf(token) : null;
  if (!account) throw new AppError('signed-out', 'No valid login.');
  return account;
}

function present(response: Response, { id, name, email, role }: StaffAccount): WireStaff {
  response.set('Cache-Control', 'no-store');
  return { id, name, email, role };
}

function checkSetup({ token, name, email, password }: WireSetup): WireSetup {
  const setup = { token, name: cleanText(name), email: email.trim(), password };
  if (setup.name === '') throw new AppError('invalid-request', 'The name is empty.');
  if (!z.email().safeParse(setup.email).success)
    throw new AppError('invalid-email', 'Not an e-mail address.');
  return setup;
}
