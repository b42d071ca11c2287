// Builds what the product runs from: the browser code into .build/web, the server into .build/server.
//
//   node src/cli/build.mjs              builds both
//   node src/cli/build.mjs --if-needed  builds what is missing or older than its sources
//
// Plain JavaScript, and the build tools are imported only when something is built: an installation without
// the development dependencies starts from a build that is there.
import { execFile } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const root = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
const out = join(root, '.build');
const always = ['package-lock.json', 'tsconfig.json', 'src/cli/build.mjs'];

/** What is built: its sources, its folder in .build, and how. `skip` leaves a source folder out. */
const parts = [
  {
    name: 'browser code',
    folder: 'web',
    sources: ['src/web', 'src/domain', 'src/channels/web/wire.ts', ...always],
    build: buildWeb,
  },
  {
    name: 'server',
    folder: 'server',
    sources: ['src', ...always],
    skip: 'src/web',
    build: buildServer,
  },
];

await main(process.argv.includes('--if-needed'));

async function main(onlyIfNeeded) {
  const wanted = onlyIfNeeded ? parts.filter(isStale) : parts;
  if (wanted.length === 0) return console.log('Build is up to date.');
  if (onlyIfNeeded && !toolsAreInstalled()) return startFromWhatIsThere(wanted);

  const from = Date.now();
  console.log(`Building the ${wanted.map(part => part.name).join(' and the ')} …`);
  await mkdir(out, { recursive: true });
  for (const part of wanted) await buildPart(part);
  console.log(`Built in ${((Date.now() - from) / 1000).toFixed(1)} s.`);
}

/** Builds beside the old output and swaps: a failed build leaves the old one in place. */
async function buildPart(part) {
  const startedAt = new Date();
  const next = join(out, `${part.folder}.next-${process.pid}`);
  const target = join(out, part.folder);
  try {
    await part.build(next);
    await rm(target, { recursive: true, force: true });
    await rename(next, target);
    await writeFile(stampOf(part), `${startedAt.toISOString()}\n`);
  } finally {
    await rm(next, { recursive: true, force: true });
  }
}

async function buildWeb(outDir) {
  // Else React's development code gets in wherever the caller's environment says so, as a test runner's does.
  process.env.NODE_ENV = 'production';
  const { build } = await import('vite');
  const web = join(root, 'src', 'web');
  const shared = { root: web, configFile: false, logLevel: 'warn', publicDir: false };
  // "use client" means something to servers that render React; there are hundreds of them, and none here.
  const onLog = (level, log, handle) => log.code === 'MODULE_LEVEL_DIRECTIVE' || handle(level, log);
  const pages = { chat: join(web, 'chat', 'index.html'), console: join(web, 'console', 'index.html') };

  await build({
    ...shared,
    base: '/',
    build: { outDir, emptyOutDir: true, rolldownOptions: { input: pages, onLog } },
  });
  await build({
    ...shared,
    // The widget lives on foreign pages, where there is no `process` to ask.
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir,
      emptyOutDir: false,
      lib: {
        entry: join(web, 'widget', 'main.tsx'),
        formats: ['iife'],
        name: 'motcuaWidget',
        fileName: () => 'widget.js',
      },
    },
  });
}

/** Types are the business of `npm run types`; here they are only taken off. */
async function buildServer(outDir) {
  const config = join(out, 'tsconfig.server.json');
  const compilerOptions = { rootDir: '../src', outDir, noEmit: false, noCheck: true };
  const settings = {
    extends: '../tsconfig.json',
    compilerOptions,
    include: ['../src'],
    exclude: ['../src/web'],
  };
  await writeFile(config, JSON.stringify(settings, null, 2));

  const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
  try {
    await promisify(execFile)(process.execPath, [tsc, '-p', config]);
  } catch (error) {
    throw new Error(`The server does not compile:\n${error.stdout ?? ''}${error.stderr ?? ''}`, {
      cause: error,
    });
  }
}

function startFromWhatIsThere(stale) {
  const missing = stale.filter(part => !existsSync(join(out, part.folder)));
  if (missing.length === 0) {
    return console.log(
      'Sources are newer than the build, but the build tools are not installed: using the build as it is.',
    );
  }
  console.error(
    `The ${missing.map(part => part.name).join(' and the ')} is not built and the build tools are not installed. ` +
      'Run `npm ci` with the development dependencies, then `npm run build`.',
  );
  process.exitCode = 1;
}

function toolsAreInstalled() {
  const require = createRequire(import.meta.url);
  return ['vite/package.json', 'typescript/package.json'].every(name => {
    try {
      return require.resolve(name) !== '';
    } catch {
      return false;
    }
  });
}

function isStale(part) {
  const stamp = stampOf(part);
  if (!existsSync(stamp) || !existsSync(join(out, part.folder))) return true;
  const builtAt = Date.parse(readFileSync(stamp, 'utf8').trim());
  const skip = part.skip && join(root, part.skip);
  // Put so that a stamp that cannot be read counts as stale.
  return !part.sources.every(path => newest(join(root, path), skip) <= builtAt);
}

/** Folders count too: their time changes when a file is removed. */
function newest(path, skip) {
  if (path === skip || !existsSync(path)) return 0;
  const stats = statSync(path);
  if (!stats.isDirectory()) return stats.mtimeMs;
  return Math.max(stats.mtimeMs, ...readdirSync(path).map(name => newest(join(path, name), skip)));
}

function stampOf(part) {
  return join(out, `${part.folder}.built`);
}
