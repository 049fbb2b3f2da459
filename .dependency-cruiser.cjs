/** @type {Array<string[]>} Floors of lib from the top: a room imports from the floors below it only. */
const floors = [
  ['health', 'jobs'],
  ['admin', 'proposals', 'site-transfer', 'backup'],
  ['editing', 'import', 'directory'],
  ['organisations', 'users'],
  ['auth'],
  ['search', 'revisions', 'audit', 'mail'],
  ['database', 'permissions', 'forms'],
  ['geo', 'log.ts'],
  ['text', 'i18n', 'env.ts', 'process-global.ts', 'semaphore.ts'],
]

const rooms = floors.flat()
const pathOf = (room) => (room.includes('.') ? `${room.replace('.', '[.]')}$` : `${room}/`)

const floorRules = floors.flatMap((floor, index) => {
  const below = floors.slice(index + 1).flat()
  return floor.map((room) => {
    const forbidden = rooms.filter((other) => other !== room && !below.includes(other))
    return {
      name: `lib-${room}-imports-downwards`,
      severity: 'error',
      comment: `lib/${room} may import only from the floors below it (${
        below.join(', ') || 'none'
      }). Move what two neighbours need a floor lower, or pass it in.`,
      from: { path: `^lib/${pathOf(room)}` },
      to: { path: `^lib/(${forbidden.map(pathOf).join('|')})` },
    }
  })
})

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
      comment: 'What runs in production belongs in "dependencies".',
      from: {
        path: '^(app|components|lib|server|cli|server\\.ts|instrumentation\\.ts|next\\.config\\.ts)',
      },
      to: { dependencyTypes: ['npm-dev'], dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'nothing-imports-tests',
      severity: 'error',
      comment: 'What the product needs does not live among the tests.',
      from: { pathNot: '^(tests/|tools/|playwright\\.config\\.ts|vitest\\.config\\.ts)' },
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
        'Routes ask lib/organisations and lib/directory, which know what is public; lib/database knows only rows.',
      from: { path: '^app/' },
      to: { path: '^lib/database/' },
    },
    {
      name: 'server-is-imported-by-nobody',
      severity: 'error',
      comment:
        'server/ handles HTTP in front of Next: only server.ts and instrumentation.ts start it.',
      from: { path: '^(app|components|lib|cli)/' },
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
          '^lib/(database|import)/',
          '^lib/revisions/record[.]ts$',
          '^lib/(env|log)[.]',
          'queries[.]ts$',
          '^lib/organisations/(save|publish|rename|remove|erase|restore-revision)[.]ts$',
        ],
        dependencyTypesNot: ['type-only'],
      },
    },
    {
      name: 'one-importer-of-prisma',
      severity: 'error',
      comment:
        'Only lib/database knows Prisma: its writes go through one lock, without which acknowledged writes are lost.',
      from: { pathNot: '^(lib/database/|prisma/|prisma\\.config\\.ts|tests/|tools/)' },
      to: { path: ['^lib/database/generated/', 'node_modules/(@prisma|prisma|better-sqlite3)/'] },
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
      name: 'commands-call-lib',
      severity: 'error',
      comment:
        'A file of cli is one command: arguments, words, exit code. Commands share cli/run-command.ts and cli/with-database.ts only, set-up and start their parts in .mjs.',
      from: { path: '^cli/' },
      to: {
        path: '^(app|components|cli)/',
        pathNot: [
          '^cli/(run-command|with-database)[.]ts$',
          '^cli/(install-browser|running-servers|setup-lock)[.]mjs$',
        ],
      },
    },
    {
      name: 'room-has-its-floor',
      severity: 'error',
      comment:
        'A new room of lib gets its place in the list at the top of .dependency-cruiser.cjs.',
      from: {},
      to: { path: '^lib/[^/]+/', pathNot: `^lib/(${rooms.map(pathOf).join('|')})` },
    },
    ...floorRules,
  ],
  options: {
    doNotFollow: { path: ['node_modules', '^lib/database/generated/'] },
    // draw-map uses the packages of tools/package.json, which are not installed before it runs.
    exclude: { path: '^([.]next|tools/bench/trivial/|tools/node_modules/|tools/draw-map[.]ts)' },
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
