import { MIN_PASSWORD_LENGTH } from '../../channels/web/wire.ts';
import type { Login, OneTimeLink, StaffAccount } from '../../domain/staff.ts';
import { AppError } from '../../errors.ts';
import type { StaffStore } from '../../stores/store.ts';
import { createAttemptGuard } from './attempt-guard.ts';
import { hashPassword, passwordMatches } from './passwords.ts';
import { hashToken } from './secrets.ts';

export const LOGIN_HOURS = 12;
const LINK_HOURS = 24;

export type SignInDeps = {
  staff: StaffStore;
  now: () => Date;
  randomId: () => string;
  randomToken: () => string;
};

/** `token` goes into the staff member's cookie and is kept nowhere else. */
export type SignedIn = { account: StaffAccount; token: string };

export type SignIn = {
  /** A new token for the first admin's link, or null where somebody has an account; older links end. */
  firstAdminToken(): Promise<string | null>;
  /** @throws AppError `link-not-valid` | `password-too-short` */
  setUp(setup: { token: string; name: string; email: string; password: string }): Promise<SignedIn>;
  /**
   * @param address the caller's, for the count of failed attempts
   * @throws AppError `wrong-credentials` | `too-many-attempts`
   */
  logIn(login: { email: string; password: string }, address: string): Promise<SignedIn>;
  logOut(token: string): Promise<void>;
  /** The account whose login the token is, or null when it is none, over, or the account is disabled. */
  accountOf(token: string): Promise<StaffAccount | null>;
};

/** Staff accounts and logins. One guess at a password costs time, and many cost ever more. */
export function createSignIn(deps: SignInDeps): SignIn {
  const { staff, now } = deps;
  const perAccount = createAttemptGuard(5, now);
  const perAddress = createAttemptGuard(20, now);

  async function firstAdminToken(): Promise<string | null> {
    if ((await staff.listAccounts()).length > 0) return null;
    const token = deps.randomToken();
    const expiresAt = inHours(now(), LINK_HOURS);
    await staff.saveLink({ tokenHash: hashToken(token), purpose: 'first-admin', expiresAt });
    return token;
  }

  async function setUp({ token, name, email, password }: Parameters<SignIn['setUp']>[0]): Promise<SignedIn> {
    requireLongEnough(password);
    const tokenHash = hashToken(token);
    requireValid(await staff.findLink(tokenHash), now());
    // Hashed before the link is taken: what can fail comes first, and a stranger without a link costs nothing.
    const passwordHash = await hashPassword(password);
    const link = requireValid(await staff.takeLink(tokenHash), now());
    const account: StaffAccount = {
      id: deps.randomId(),
      email: email.toLowerCase(),
      name,
      role: 'admin',
      passwordHash,
      createdAt: now().toISOString(),
      disabled: false,
    };
    await staff.saveAccount(account).catch(async error => {
      await staff.saveLink(link);
      throw error;
    });
    return openLogin(account);
  }

  async function logIn({ email, password }: { email: string; password: string }, address: string) {
    const key = email.toLowerCase();
    perAddress.begin(address);
    perAccount.begin(key);
    const account = await staff.findAccountByEmail(key);
    const matches = await passwordMatches(account?.passwordHash ?? null, password);
    if (!account || !matches || account.disabled) {
      throw new AppError('wrong-credentials', 'No such account, a wrong password, or a disabled account.');
    }
    perAccount.succeed(key, 'all');
    // Else a person with an account could clear the count of the address and go on guessing others'.
    perAddress.succeed(address, 'this');
    return openLogin(account);
  }

  async function openLogin(account: StaffAccount): Promise<SignedIn> {
    const token = deps.randomToken();
    const login: Login = {
      tokenHash: hashToken(token),
      accountId: account.id,
      createdAt: now().toISOString(),
      expiresAt: inHours(now(), LOGIN_HOURS),
    };
    await staff.saveLogin(login);
    return { account, token };
  }

  async function accountOf(token: string): Promise<StaffAccount | null> {
    const login = await staff.findLogin(hashToken(token));
    if (!login || Date.parse(login.expiresAt) <= now().getTime()) return null;
    const account = await staff.findAccount(login.accountId);
    return account && !account.disabled ? account : null;
  }

  return { firstAdminToken, setUp, logIn, accountOf, logOut: token => staff.deleteLogin(hashToken(token)) };
}

function requireLongEnough(password: string): void {
  if ([...password].length >= MIN_PASSWORD_LENGTH) return;
  throw new AppError('password-too-short', `Fewer than ${MIN_PASSWORD_LENGTH} characters.`);
}

function requireValid(link: OneTimeLink | null, at: Date): OneTimeLink {
  if (link?.purpose === 'first-admin' && Date.parse(link.expiresAt) > at.getTime()) return link;
  throw new AppError('link-not-valid', 'The one-time link is unknown, used or over.');
}

function inHours(from: Date, hours: number): string {
  return new Date(from.getTime() + hours * 3_600_000).toISOString();
}
