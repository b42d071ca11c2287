import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));

export type TestServer = {
  url: string;
  /** The one-time link that a first start prints. */
  setupUrl: string;
  stop(): Promise<void>;
};

/** Builds what is not built and starts the product as `npm start` does, on a free port and an empty folder. */
export async function startServer(): Promise<TestServer> {
  execFileSync(process.execPath, ['src/cli/build.mjs', '--if-needed'], { cwd: ROOT });
  const dataDir = await mkdtemp(join(tmpdir(), 'motcua-e2e-'));
  const env = {
    ...{ ...process.env, NODE_ENV: 'production', PORT: '0', LOG_LEVEL: 'warn' },
    ...{ DATA_DIR: dataDir, WIDGET_ORIGINS: '*' },
  };
  const child = spawn(process.execPath, ['.build/server/main.js'], { cwd: ROOT, env });
  const printed = await waitFor(child, /is ready: (\S+)[\s\S]*first admin[^:]*: (\S+)\n/);
  return {
    url: printed[1]!,
    setupUrl: printed[2]!,
    async stop() {
      const ended = new Promise(resolve => child.once('exit', resolve));
      child.kill('SIGTERM');
      await ended;
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

export type ForeignSite = { url: string; stop(): Promise<void> };

/** Somebody else's website: another origin that serves one page. */
export async function startForeignSite(html: string): Promise<ForeignSite> {
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () =>
      new Promise<void>(resolve => void server.close(() => resolve())).finally(() =>
        server.closeAllConnections(),
      ),
  };
}

function waitFor(child: ChildProcess, pattern: RegExp): Promise<RegExpExecArray> {
  return new Promise((resolve, reject) => {
    let output = '';
    const hear = (chunk: Buffer) => {
      output += chunk.toString();
      const match = pattern.exec(output);
      if (match) resolve(match);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', code => reject(new Error(`The server ended with code ${code}:\n${output}`)));
  });
}
