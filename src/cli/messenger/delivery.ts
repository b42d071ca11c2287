import { createHmac } from 'node:crypto';

/** A webhook call the way Meta makes it. */
export type Delivery = { body: Buffer; headers: Record<string, string> };

const SIGNATURE = 'x-hub-signature-256';

/** Signed with the app's secret, over the very bytes that are sent. */
export function signedDelivery(body: Buffer, appSecret: string): Delivery {
  return { body, headers: { [SIGNATURE]: `sha256=${hmac('sha256', body, appSecret)}` } };
}

/** The same body as somebody who does not know the secret might send it. */
export function badDeliveries(body: Buffer, appSecret: string): Record<string, Delivery> {
  const [right = ''] = Object.values(signedDelivery(body, appSecret).headers);
  const signature = {
    wrong: { [SIGNATURE]: `sha256=${hmac('sha256', body, `${appSecret}x`)}` },
    missing: {},
    'SHA-1 only': { 'x-hub-signature': `sha1=${hmac('sha1', body, appSecret)}` },
    truncated: { [SIGNATURE]: right.slice(0, -8) },
  };
  return Object.fromEntries(Object.entries(signature).map(([name, headers]) => [name, { body, headers }]));
}

/** Meta escapes what is not ASCII: the signature is of these bytes, not of the text they stand for. */
export function escapedJson(value: unknown): Buffer {
  const escaped = JSON.stringify(value).replace(
    /[^\x20-\x7e]/g,
    letter => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return Buffer.from(escaped, 'ascii');
}

function hmac(algorithm: string, body: Buffer, secret: string): string {
  return createHmac(algorithm, secret).update(body).digest('hex');
}
