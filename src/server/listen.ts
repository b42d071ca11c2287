import { createServer, type Server } from 'node:http';
import { AppError } from '../errors.ts';

/** How long a stop waits for requests that are being answered. */
const GRACE_MILLISECONDS = 10_000;

/**
 * Listens on IPv4 and IPv6, or on IPv4 alone where the machine has no IPv6. Returns the port.
 * @throws AppError `port-in-use` | `config-invalid`
 */
export async function listen(server: Server, port: number): Promise<number> {
  try {
    await listenOn(server, port, '::');
  } catch (error) {
    if (!NO_IPV6.includes(codeOf(error))) throw explain(error, port);
    await listenOn(server, port, '0.0.0.0').catch(cause => {
      throw explain(cause, port);
    });
  }
  const address = server.address();
  return typeof address === 'object' && address ? address.port : port;
}

/**
 * Fails at once where `listen` would fail after the seconds that a start takes.
 * @throws AppError `port-in-use` | `config-invalid`
 */
export async function refuseTakenPort(port: number): Promise<void> {
  const probe = createServer();
  await listen(probe, port);
  await new Promise(resolve => probe.close(resolve));
}

/** Takes no more connections, lets running requests end, then cuts what is left. */
export function stopListening(server: Server, grace = GRACE_MILLISECONDS): Promise<void> {
  if (!server.listening) return Promise.resolve();
  return new Promise(resolve => {
    // A browser keeps its connection open after the response: it is idle then, and may go.
    const sweep = setInterval(() => server.closeIdleConnections(), 50);
    const cut = setTimeout(() => server.closeAllConnections(), grace);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
  });
}

const NO_IPV6 = ['EAFNOSUPPORT', 'EADDRNOTAVAIL', 'EINVAL'];

function listenOn(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function explain(cause: unknown, port: number): unknown {
  if (codeOf(cause) === 'EADDRINUSE') {
    const advice = `stop that one, or choose another with PORT, e.g. PORT=${port === 3000 ? 3001 : 3000}`;
    return new AppError('port-in-use', `Port ${port} is used by another program: ${advice}.`, { cause });
  }
  if (codeOf(cause) === 'EACCES') {
    const advice = 'choose one from 1024 up with PORT';
    return new AppError('config-invalid', `This user may not listen on port ${port}: ${advice}.`, { cause });
  }
  return cause;
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '');
}
