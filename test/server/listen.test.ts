import { createServer } from 'node:http';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen, refuseTakenPort, stopListening } from '../../src/server/listen.ts';

describe('the server', () => {
  it('listens on IPv4 and, where the machine has it, on IPv6', async () => {
    const server = createServer((_request, response) => response.end('có'));
    onTestFinished(() => stopListening(server));
    const port = await listen(server, 0);
    expect(await (await fetch(`http://127.0.0.1:${port}`)).text()).toBe('có');
    const { address } = server.address() as { address: string };
    expect(['::', '0.0.0.0']).toContain(address);
    if (address === '::') expect(await (await fetch(`http://[::1]:${port}`)).text()).toBe('có');
  });

  it('is told before the work of starting that its port is taken', async () => {
    const other = createServer();
    onTestFinished(() => stopListening(other));
    const port = await listen(other, 0);
    await expect(refuseTakenPort(port)).rejects.toMatchObject({ code: 'port-in-use' });
    await expect(refuseTakenPort(0)).resolves.toBeUndefined();
  });

  it('cuts a request that does not end in the time of grace', async () => {
    const server = createServer(() => {});
    const port = await listen(server, 0);
    const hanging = fetch(`http://127.0.0.1:${port}`).catch(() => 'bị cắt');
    await new Promise(resolve => server.once('request', resolve));
    await stopListening(server, 20);
    expect(await hanging).toBe('bị cắt');
  });
});
