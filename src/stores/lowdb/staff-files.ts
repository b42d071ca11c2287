import { Low } from 'lowdb';
import type { Login, OneTimeLink, StaffAccount } from '../../domain/staff.ts';
import type { StaffStore } from '../store.ts';
import { findByEmail, refuseTakenEmail } from '../store-rules.ts';
import type { DataLayout } from './data-layout.ts';
import { durableJsonFile, type Warn } from './durable-json-file.ts';
import type { OneAtATime } from './one-at-a-time.ts';

type Options = { now: () => Date } & TableOptions;
type TableOptions = { warn: Warn; refuseIfLost: () => void; inOrder: OneAtATime; expendable?: boolean };

/** Accounts, sign-ins and one-time links: a small file each, held in memory, written at every change. */
export async function openStaffFiles(layout: DataLayout, options: Options): Promise<StaffStore> {
  const { now, ...table } = options;
  const accounts = await openTable<StaffAccount>(layout.accounts, table);
  const logins = await openTable<Login>(layout.logins, { ...table, expendable: true });
  const links = await openTable<OneTimeLink>(layout.links, { ...table, expendable: true });
  const isAlive = (login: Login) => Date.parse(login.expiresAt) > now().getTime();

  return {
    listAccounts: async () => structuredClone(accounts.rows()),
    findAccountByEmail: async email => structuredClone(findByEmail(accounts.rows(), email)) ?? null,
    findAccount: async id => accounts.find(account => account.id === id),
    saveAccount: account =>
      accounts.change(rows => {
        refuseTakenEmail(rows, account);
        return rows.some(row => row.id === account.id)
          ? rows.map(row => (row.id === account.id ? account : row))
          : [...rows, account];
      }),
    // Sign-ins that have expired go when another comes, so the file stays small.
    saveLogin: login =>
      logins.change(rows => [
        ...rows.filter(row => row.tokenHash !== login.tokenHash && isAlive(row)),
        login,
      ]),
    findLogin: async tokenHash => logins.find(login => login.tokenHash === tokenHash),
    deleteLogin: tokenHash => logins.change(rows => rows.filter(row => row.tokenHash !== tokenHash)),
    saveLink: link => links.change(rows => [...rows.filter(row => row.purpose !== link.purpose), link]),
    findLink: async tokenHash => links.find(link => link.tokenHash === tokenHash),
    takeLink: tokenHash => links.take(link => link.tokenHash === tokenHash),
  };
}

async function openTable<Row>(file: string, options: TableOptions) {
  const low = new Low<{ rows: Row[] }>(durableJsonFile(file, options), { rows: [] });
  await low.read();

  async function write(next: Row[]): Promise<void> {
    options.refuseIfLost();
    const before = low.data;
    low.data = { rows: structuredClone(next) };
    try {
      await low.write();
    } catch (error) {
      low.data = before; // memory never knows more than the disk
      throw error;
    }
  }

  return {
    rows: (): Row[] => low.data.rows,
    find: (isWanted: (row: Row) => boolean): Row | null =>
      structuredClone(low.data.rows.find(isWanted)) ?? null,
    change: (next: (rows: Row[]) => Row[]): Promise<void> =>
      options.inOrder(() => write(next(low.data.rows))),
    take: (isWanted: (row: Row) => boolean): Promise<Row | null> =>
      options.inOrder(async () => {
        const taken = low.data.rows.find(isWanted);
        if (taken === undefined) return null;
        await write(low.data.rows.filter(row => row !== taken));
        return taken;
      }),
  };
}
