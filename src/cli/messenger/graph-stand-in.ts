import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call as it arrived: `path` without the version, `body` parsed, `{}` where there was none. */
export type GraphStandInCall = {
  method: string;
  path: string;
  query: Record<string, string>;
  authorization: string;
  body: Record<string, unknown>;
};

export type GraphStandIn = {
  /** For MESSENGER_API_BASE. */
  url: string;
  /** Every call, in the order of arrival. */
  calls: GraphStandInCall[];
  close(): Promise<void>;
};

type Hooks = {
  onCall?: (call: GraphStandInCall) => void;
  /** True when it has dealt with the call itself; else the call succeeds. */
  intercept?: (call: GraphStandInCall, response: ServerResponse) => Promise<boolean>;
};

/** A Graph API on this machine: records what it is asked and says yes, the way Meta's does. */
export async function startGraphStandIn(hooks: Hooks = {}): Promise<GraphStandIn> {
  const calls: GraphStandInCall[] = [];
  const server = createServer(async (request, response) => {
    try {
      const call = await readCall(request);
      calls.push(call);
      hooks.onCall?.(call);
      if (await hooks.intercept?.(call, response)) return;
      sendJson(response, 200, successOf(call, calls.length));
    } catch {
      response.destroy();
    }
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    calls,
    close: () =>
      new Promise(resolve => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export function sendJson(
  response: ServerResponse,
  status: number,
  body: object,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

async function readCall(request: IncomingMessage): Promise<GraphStandInCall> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const url = new URL(request.url ?? '/', 'http://stand-in');
  const text = Buffer.concat(chunks).toString('utf8');
  return {
    method: request.method ?? 'GET',
    path: url.pathname.replace(/^\/(v\d+\.\d+\/)?/, ''),
    query: Object.fromEntries(url.searchParams),
    authorization: request.headers.authorization ?? '',
    body: text === '' ? {} : JSON.parse(text),
  };
}

const PAGE = { id: '110000000000001', name: 'Trung tâm Phục vụ hành chính công (thử)' };
const APP = { id: '990000000000001', name: 'Motcua (thử)' };

function successOf({ method, path, body }: GraphStandInCall, count: number): object {
  if (path === 'me/messages') {
    const { id } = (body.recipient ?? {}) as { id?: string };
    return { recipient_id: id, ...(body.message ? { message_id: `m_stand-in-${count}` } : {}) };
  }
  if (method === 'GET') return READINGS[path.replace(/^\d+\//, 'node/')] ?? PAGE;
  return { result: 'success', success: true };
}

const READINGS: Record<string, object> = {
  me: PAGE,
  app: APP,
  debug_token: {
    data: {
      app_id: APP.id,
      is_valid: true,
      expires_at: 0,
      scopes: ['pages_messaging', 'pages_manage_metadata', 'pages_read_engagement', 'pages_show_list'],
    },
  },
  'node/subscriptions': {
    data: [{ object: 'page', callback_url: 'https://hoidap.vi-du.vn/webhooks/messenger', active: true }],
  },
  'node/subscribed_apps': {
    data: [
      {
        ...APP,
        subscribed_fields: [
          'messages',
          'message_edits',
          'messaging_postbacks',
          'messaging_referrals',
          'messaging_handovers',
          'message_echoes',
          'standby',
        ],
      },
    ],
  },
};
