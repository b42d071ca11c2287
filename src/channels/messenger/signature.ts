import { createHash, createHmac, timingSafeEqual } from 'node:crypto';

const HEADER = /^sha256=([0-9a-f]{64})$/i;

/** Whether `X-Hub-Signature-256` is the app's, over the raw bytes: the body is escaped in a way nobody re-serialises. */
export function isSigned(rawBody: Uint8Array, header: string | undefined, appSecret: string): boolean {
  const given = HEADER.exec(header ?? '')?.[1];
  if (given === undefined) return false;
  const own = createHmac('sha256', appSecret).update(rawBody).digest();
  return timingSafeEqual(Buffer.from(given, 'hex'), own);
}

/** Compares in a time that tells nothing of either text. */
export function isSameSecret(given: string, own: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(own));
}
