import { hash, verify } from '@node-rs/argon2';

/** argon2id with the library's defaults, which follow OWASP (19 MiB, 2 passes); about 30–90 ms, off the main thread. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFC'));
}

/**
 * Whether the password is the account's. Without an account the same work is done on a stand-in,
 * so that the time taken does not tell who has an account.
 */
export async function passwordMatches(passwordHash: string | null, password: string): Promise<boolean> {
  const against = passwordHash ?? (await standIn());
  const matches = await verify(against, password.normalize('NFC')).catch(() => false);
  return passwordHash !== null && matches;
}

let standInHash: Promise<string> | null = null;

function standIn(): Promise<string> {
  standInHash ??= hashPassword('nobody has this password');
  return standInHash;
}
