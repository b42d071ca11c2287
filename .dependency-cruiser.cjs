// The architecture rule: which room may know which. See src/ARCHITECTURE.md.
const pure = ['domain', 'matcher'];

/** @param {string} name @param {string} comment @param {string} from @param {string|string[]} to @param {object} [extra] */
const forbid = (name, comment, from, to, extra = {}) => ({
  name,
  comment,
  severity: 'error',
  from: { path: from, ...(extra.fromNot ? { pathNot: extra.fromNot } : {}) },
  to: { path: to, ...(extra.toNot ? { pathNot: extra.toNot } : {}) },
});

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    forbid(
      'domain-is-alone',
      'domain holds types and rules; it imports nothing of the rest',
      '^src/domain/',
      '^src/',
      { toNot: '^src/domain/' },
    ),
    forbid('matcher-is-pure', 'matcher knows the domain only', '^src/matcher/', '^src/', {
      toNot: '^src/(matcher|domain)/',
    }),
    {
      name: 'pure-does-no-io',
      comment: 'domain and matcher do no input or output',
      severity: 'error',
      from: { path: `^src/(${pure.join('|')})/` },
      to: { dependencyTypes: ['core'], pathNot: '^(node:)?(module)$' },
    },
    forbid(
      'core-knows-only-ports',
      'conversation, knowledge and review reach the outside through ports',
      '^src/(conversation|knowledge|review)/',
      '^src/(channels|stores|server|web|cli)/',
      { toNot: '^src/(stores/store|channels/channel)\\.ts$' },
    ),
    forbid(
      'only-app-names-adapters',
      'adapters are chosen in app.ts alone',
      '^src/',
      '^src/(stores/(lowdb|memory|postgres)|channels/(web|messenger|zalo))/',
      {
        // The bodies of the web API, which the staff routes share with the console.
        toNot: '^src/channels/web/wire\\.ts$',
        fromNot: '^src/(app\\.ts|stores/|channels/|cli/)',
      },
    ),
    forbid(
      'adapters-are-strangers',
      'one adapter does not know another',
      '^src/(stores|channels)/([^/]+)/',
      '^src/(stores|channels)/[^/]+/',
      {
        toNot: '^src/(stores|channels)/$2/|^src/stores/memory/',
      },
    ),
    forbid(
      'botkit-is-walled-off',
      'only channels/botkit.ts imports Botkit',
      '^src/',
      'node_modules/(botkit|botbuilder)',
      {
        fromNot: '^src/channels/botkit\\.ts$',
      },
    ),
    forbid(
      'browser-code-is-apart',
      'browser code shares only domain types and the channel wire types',
      '^src/web/',
      '^src/',
      {
        toNot: '^src/(web|domain)/|^src/channels/web/wire\\.ts$',
      },
    ),
    {
      name: 'no-dev-dependency-at-run-time',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|web)/' },
      to: { dependencyTypes: ['npm-dev'], pathNot: 'node_modules/@types/' },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.d\\.ts$' },
  },
};
