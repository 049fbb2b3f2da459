import js from '@eslint/js'
import next from '@next/eslint-plugin-next'
import { defineConfig, globalIgnores } from 'eslint/config'
import typescript from 'typescript-eslint'

const unsafe = [
  {
    selector: 'MemberExpression[property.name=/^\\$(query|execute)RawUnsafe$/]',
    message:
      'Text put together for the database can be turned against it. Use $queryRaw`…` or $executeRaw`…`, which bind every value.',
  },
  {
    selector: "JSXAttribute[name.name='dangerouslySetInnerHTML']",
    message:
      'Words of organisations are shown here; React escapes them, this does not. JSON-LD works as children of <script>.',
  },
  {
    selector:
      "CallExpression[callee.property.name='$transaction'] > :function CallExpression[callee.name=/^(writer|reader)$/]",
    message:
      'Inside a transaction everything goes through its `tx`: another client waits for the transaction, which waits for it.',
  },
]

const settings = [
  {
    selector: "MemberExpression[object.name='process'][property.name='env']",
    message:
      'Only lib/env.ts reads the environment: there a setting has a type, a default and a message when it is wrong.',
  },
]

const scriptless = [
  {
    selector: "JSXOpeningElement > JSXIdentifier[name='Suspense']",
    message:
      'Without scripts, what is inside <Suspense> never appears. Fetch in the page and pass props.',
  },
  {
    selector: "Program > ExpressionStatement[directive='use client']",
    message:
      'Public pages run no script, so a client component is dead weight. Use HTML: a link, a form, <details>.',
  },
]

const honestTests = [
  {
    selector: "CallExpression > MemberExpression.callee[property.name='only']",
    message: 'The other tests would not run.',
  },
  {
    selector:
      'CallExpression[arguments.0.type=/Literal/] > MemberExpression.callee[property.name=/^(skip|todo|fixme|fails)$/]',
    message: 'A test that does not run says nothing. Mend it or remove it.',
  },
  {
    selector:
      "CallExpression > MemberExpression.callee[object.name='vi'][property.name=/^(doMock|mock)$/]",
    message:
      'A mocked module proves that the mock works. Use the real one: a database file and a built site are at hand.',
  },
]

export default defineConfig([
  globalIgnores([
    '.next*',
    '.setup/',
    'data/',
    'lib/database/generated/',
    'next-env.d.ts',
    'playwright-report/',
    'test-results/',
    'tools/bench/trivial/',
    '**/*.d.json.ts',
  ]),
  { linterOptions: { reportUnusedDisableDirectives: 'error' } },
  js.configs.recommended,
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: {
      globals: {
        console: false,
        module: true,
        process: false,
        setInterval: false,
        setTimeout: false,
      },
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [typescript.configs.recommendedTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': 'error',
      // A function that hands back a promise may do so without awaiting anything itself.
      '@typescript-eslint/require-await': 'off',
    },
  },
  {
    files: ['app/**', 'components/**'],
    extends: [next.configs.recommended],
    rules: {
      // Links between pages are plain links and images plain images: both work without scripts.
      '@next/next/no-html-link-for-pages': 'off',
      '@next/next/no-img-element': 'off',
    },
  },
  {
    // Uses the packages of tools/package.json; `npm run draw-map` checks its types.
    files: ['tools/draw-map.ts'],
    extends: [typescript.configs.disableTypeChecked],
  },
  { rules: { 'no-restricted-syntax': ['error', ...unsafe] } },
  {
    files: ['lib/**', 'server/**', 'server.ts', 'instrumentation.ts', 'next.config.ts', 'cli/*.ts'],
    ignores: ['lib/env.ts'],
    rules: { 'no-restricted-syntax': ['error', ...unsafe, ...settings] },
  },
  {
    files: ['app/**', 'components/**'],
    rules: { 'no-restricted-syntax': ['error', ...unsafe, ...settings, ...scriptless] },
  },
  {
    // The protected part runs scripts for comfort; its forms work without them.
    files: ['app/*/{admin,sign-in,propose}/**', 'components/{admin,ui}/**'],
    rules: { 'no-restricted-syntax': ['error', ...unsafe, ...settings, ...scriptless.slice(0, 1)] },
  },
  {
    files: ['app/**', 'components/**', 'lib/**', 'server/**', 'cli/**', 'server.ts'],
    rules: {
      // What is longer says why in the comment that disables the rule.
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 100 }],
    },
  },
  {
    files: ['app/**/loading.tsx'],
    rules: {
      'no-restricted-syntax': [
        'error',
        {
          selector: 'Program',
          message: 'Without scripts, loading.tsx stays for ever in place of the page. Remove it.',
        },
      ],
    },
  },
  {
    files: ['tests/**'],
    rules: {
      'no-restricted-syntax': ['error', ...honestTests],
      // Playwright reads from the pattern which fixtures a fixture needs: none.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
    },
  },
])
