import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { KnowledgeSnapshot } from '../domain/knowledge.ts';
import type { Topic } from '../domain/topic.ts';
import { contentHash } from './content-hash.ts';
import { checkIntents, type IntentsRelease } from './load-intents.ts';
import { type KnowledgeFile, sharedFiles, topicFile } from './to-yaml.ts';

/** Paths, as joined with the folder. */
export type ExportReport = {
  written: string[];
  /** Files whose topic is the same already: they keep their comments and their layout. */
  unchanged: string[];
  /** Files whose topic is not live (any more); they are left for a person to delete. */
  notLive: string[];
};

/** Writes the live knowledge as YAML files; a topic that has a file in the folder keeps its place. */
export async function exportYaml(snapshot: KnowledgeSnapshot, directory: string): Promise<ExportReport> {
  const { release } = await checkIntents(directory);
  const topics = snapshot.topics.map(({ topic }) => topic);
  const report: ExportReport = { written: [], unchanged: [], notLive: notLive(topics, release) };

  for (const topic of topics) {
    const { path, content } = topicFile(topic);
    const file = release?.files.get(topic.id) ?? join(directory, path);
    if (release?.hashes.get(topic.id) === contentHash(topic)) report.unchanged.push(file);
    else report.written.push(await write({ path: file, content }));
  }
  for (const { path, content } of sharedFiles(snapshot)) {
    const file = join(directory, path);
    if (release && sharedIsSame(release, snapshot)) report.unchanged.push(file);
    else report.written.push(await write({ path: file, content }));
  }
  return report;
}

function notLive(topics: readonly Topic[], release: IntentsRelease | null): string[] {
  const live = new Set(topics.map(({ id }) => id));
  return [...(release?.files ?? [])].filter(([id]) => !live.has(id)).map(([, file]) => file);
}

function sharedIsSame(a: IntentsRelease, b: KnowledgeSnapshot): boolean {
  return contentHash([a.facets, a.lexicon]) === contentHash([b.facets, b.lexicon]);
}

async function write({ path, content }: KnowledgeFile): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, content);
  return path;
}
