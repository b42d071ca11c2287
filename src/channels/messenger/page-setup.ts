import { createGraphCaller, type GraphOptions } from './graph-call.ts';

/** The page's welcome screen and menu, as the Messenger Profile API takes them. */
export type MessengerProfile = {
  get_started: { payload: string };
  greeting: { locale: string; text: string }[];
  ice_breakers: { locale: string; call_to_actions: { question: string; payload: string }[] }[];
  persistent_menu: { locale: string; composer_input_disabled: false; call_to_actions: MenuItem[] }[];
};

export type MenuItem =
  | { type: 'postback'; title: string; payload: string }
  | { type: 'web_url'; title: string; url: string };

/** What the webhook must be told of. */
export const WEBHOOK_FIELDS = [
  'messages',
  'message_edits',
  'messaging_postbacks',
  'messaging_referrals',
  'messaging_handovers',
  'message_echoes',
  'standby',
] as const;

/** What the page's set-up is made of; each throws GraphError. */
export type PageSetup = {
  setProfile(profile: MessengerProfile): Promise<void>;
  subscribe(fields: readonly string[]): Promise<void>;
  /** Whose token it is, and the platform's clock. */
  readPage(): Promise<{ id: string; name: string; at: Date | null }>;
  /** The app that the token belongs to. */
  readApp(): Promise<{ id: string; name: string }>;
  readToken(appId: string): Promise<{ isValid: boolean; scopes: string[]; expiresAt: Date | null }>;
  /** The fields that the page sends to the app; null where the app is not subscribed. */
  readSubscription(appId: string): Promise<string[] | null>;
  /** Where Meta delivers the page's events; null where no webhook is set up. */
  readWebhook(appId: string): Promise<{ url: string; active: boolean } | null>;
};

/** Calls for the commands: once each, since a person waits and sees what failed. */
export function createPageSetup(options: GraphOptions & { appSecret: string }): PageSetup {
  const { pageId, pageToken, appSecret } = options;
  const call = createGraphCaller(options);
  const read = (path: string, more: { query?: Record<string, string>; token?: string } = {}) =>
    call({ method: 'GET', path, attempts: 2, ...more });
  const appToken = (appId: string) => `${appId}|${appSecret}`;

  return {
    async setProfile(profile) {
      await call({ method: 'POST', path: 'me/messenger_profile', body: profile });
    },
    async subscribe(fields) {
      const query = { subscribed_fields: fields.join(',') };
      await call({ method: 'POST', path: `${pageId}/subscribed_apps`, query });
    },
    async readPage() {
      const { body, date } = await read('me', { query: { fields: 'id,name' } });
      return { ...named(body), at: date };
    },
    readApp: async () => named((await read('app')).body),
    async readToken(appId) {
      const query = { input_token: pageToken };
      const { body } = await read('debug_token', { query, token: appToken(appId) });
      const { is_valid, scopes, expires_at } = recordOf(body.data);
      return {
        isValid: is_valid === true,
        scopes: listOf(scopes).map(String),
        // 0 = never.
        expiresAt: typeof expires_at === 'number' && expires_at > 0 ? new Date(expires_at * 1000) : null,
      };
    },
    async readSubscription(appId) {
      const { body } = await read(`${pageId}/subscribed_apps`);
      const ours = listOf(body.data)
        .map(recordOf)
        .find(({ id }) => id === appId);
      return ours ? listOf(ours.subscribed_fields).map(String) : null;
    },
    async readWebhook(appId) {
      const { body } = await read(`${appId}/subscriptions`, { token: appToken(appId) });
      const ours = listOf(body.data)
        .map(recordOf)
        .find(({ object }) => object === 'page');
      return ours ? { url: String(ours.callback_url), active: ours.active === true } : null;
    },
  };
}

function named(body: Record<string, unknown>): { id: string; name: string } {
  return { id: String(body.id ?? ''), name: String(body.name ?? '') };
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}
