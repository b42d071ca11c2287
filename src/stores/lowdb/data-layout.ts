import path from 'node:path';

/** Where things are under DATA_DIR. */
export function dataLayout(directory: string) {
  const root = path.resolve(directory);
  return {
    directory: root,
    /** Who uses the directory: `<number>.json`, the highest number counts. */
    lock: path.join(root, 'lock'),
    /** One file per topic, with its revisions. */
    topics: path.join(root, 'knowledge', 'topics'),
    /** One immutable file per published version. */
    snapshots: path.join(root, 'knowledge', 'snapshots'),
    /** One immutable file per imported catalogue; snapshots name them. */
    catalogues: path.join(root, 'knowledge', 'catalogues'),
    /** Names the live snapshot. */
    currentSnapshot: path.join(root, 'knowledge', 'current.json'),
    accounts: path.join(root, 'staff', 'accounts.json'),
    logins: path.join(root, 'staff', 'logins.json'),
    links: path.join(root, 'staff', 'links.json'),
    /** The turn journal: `<day in Vietnam>.jsonl`. */
    turns: path.join(root, 'turns'),
    /** What platforms delivered and is not answered yet. */
    inbox: path.join(root, 'inbox', 'events.jsonl'),
  };
}

export type DataLayout = ReturnType<typeof dataLayout>;
