/** @type {Array<string[]>} Rooms of lib, from the top: each imports from the storeys below it only. */
const storeys = [
  ['health'],
  ['import', 'directory', 'demo', 'proposal', 'site'],
  ['profile', 'backup'],
  ['revision', 'search'],
  ['access'],
  ['audit', 'jobs'],
  ['places', 'form', 'i18n', 'csv'],
  ['db'],
]

const rooms = storeys.flat()

/** A room reaches into the storeys below: never up, never into its neighbour. */
const storeyRules = storeys.flatMap((storey, index) =>
  storey.map((room) => {
    const forbidden = rooms.filter(
      (other) => other !== room && !storeys.slice(index + 1).some((below) => below.includes(other)),
    )
    return {
      name: `lib-${room}-imports-downwards`,
      severity: 'error',
      comment: `lib/${room} may import only rooms below it (${
        storeys
          .slice(index + 1)
          .flat()
          .join(', ') || 'none'
      }), lib/env and lib/log. What two neighbours need belongs a storey lower; what only the caller knows is passed in.`,
      from: { path: `^lib/${room}/` },
      to: { path: `^lib/(${forbidden.join('|')})/` },
    }
  }),
)

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      comment:
        'Two modules that import each other cannot be understood, tested or moved alone. Move what both need into a third, or pass it in.',
      from: {},
      to: { circular: true },
    },
    {
      name: 'resolvable',
      severity: 'error',
      comment: 'The imported module does not exist, or is not in package.json.',
      from: {},
      to: { couldNotResolve: true },
    },
    {
      name: 'product-without-development-packages',
      severity: 'error',
      comment:
        'What runs in production belongs in "dependencies". draw-map is a tool of development: its result is committed.',
      from: {
        path: '^(app|components|lib|server/|cli|server\\.ts|instrumentation\\.ts|next\\.config\\.ts)',
        pathNot: '^cli/draw-map\\.ts$',
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      comment: 'What the product needs does not live among the tests.',
      from: { pathNot: '^(tests/|playwright\\.config\\.ts|vitest\\.config\\.ts)' },
      to: { path: '^tests/' },
    },
    {
      name: 'routes-are-leaves',
      severity: 'error',
      comment: 'app holds routes only. What someone else needs of it belongs in components or lib.',
      from: { pathNot: '^(app|tests|\\.next)/' },
      to: { path: '^app/' },
    },
    {
      name: 'app-without-database',
      severity: 'error',
      comment:
        'Routes ask lib/profile and lib/directory, which know what is public; lib/db knows only rows.',
      from: { path: '^app/' },
      to: { path: '^lib/db/' },
    },
    {
      name: 'server-is-imported-by-nobody',
      severity: 'error',
      comment:
        'server/ handles requests before Next: only server.ts, instrumentation.ts and tests import it.',
      from: { pathNot: '^(server/|server\\.ts$|instrumentation\\.ts$|tests/)' },
      to: { path: '^server/' },
    },
    {
      name: 'components-never-fetch',
      severity: 'error',
      comment:
        'A component turns props into HTML: the route fetches and decides, so that a component can be shown with any data.',
      from: { path: '^components/' },
      to: {
        path: [
          '^lib/(db|import)/',
          '^lib/revision/record[.]ts$',
          '^lib/(env|log)[.]',
          '(queries|commands)[.]ts$',
        ],
      },
    },
    {
      name: 'one-importer-of-prisma',
      severity: 'error',
      comment:
        'Only lib/db knows Prisma: its clients stand behind the gate, without which acknowledged writes are lost.',
      from: { pathNot: '^(lib/db/|prisma/|prisma\\.config\\.ts|tests/)' },
      to: { path: ['^lib/db/generated/', 'node_modules/(@prisma|prisma|better-sqlite3)/'] },
    },
    {
      name: 'lib-without-markup',
      severity: 'error',
      comment: 'lib is the subject: no JSX, no React, no framework. Only lib/i18n binds next-intl.',
      from: { path: '^lib/', pathNot: '^lib/i18n/' },
      to: {
        path: ['^(app|components)/', 'node_modules/(react|react-dom|next|next-intl|use-intl)/'],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'server-is-a-few-lines',
      severity: 'error',
      comment:
        'server.ts puts server/ in front of Next, readies the database, imports the seed, keeps the index current and says what a terminal must know; all else is a room’s work.',
      from: { path: '^server\\.ts$' },
      to: {
        path: '^(app|components|cli)/|^lib/(?!db/|import/|jobs/|access/|profile/reindex\\.|health/readiness\\.|i18n/(?:first-administrator|refused-database)\\.|env\\.|log\\.)',
      },
    },
    {
      name: 'commands-call-lib',
      severity: 'error',
      comment: 'A file of cli is the entry point of one command; what commands share is in lib.',
      from: { path: '^cli/' },
      to: { path: '^(app|components|cli)/' },
    },
    {
      name: 'ground-stands-below',
      severity: 'error',
      comment: 'lib/env and lib/log are imported by all of lib and so import none of its rooms.',
      from: { path: '^lib/(env|log)\\.ts$' },
      to: { path: '^lib/[^/]+/' },
    },
    {
      name: 'room-has-its-storey',
      severity: 'error',
      comment:
        'A new room of lib gets its place in the list at the top of .dependency-cruiser.cjs.',
      from: {},
      to: { path: '^lib/[^/]+/', pathNot: `^lib/(${rooms.join('|')})/` },
    },
    {
      name: 'server-knows-no-organisation',
      severity: 'error',
      comment:
        'server/ handles requests before Next and knows no organisation: besides lib/env and lib/log it may import i18n and db.',
      from: { path: '^server/' },
      to: { path: '^(app|components|cli)/|^lib/(?!(?:i18n|db)/)[^/]+/' },
    },
    ...storeyRules,
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^lib/db/generated/'] },
    exclude: { path: '^([.]next|tests/bench/trivial/)' },
    tsConfig: { fileName: 'tsconfig.json' },
    // Types too: a room that needs another's types depends on it.
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      mainFields: ['main', 'types', 'typings'],
    },
    reporterOptions: { text: { highlightFocused: true } },
  },
}
