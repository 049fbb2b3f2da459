/**
 * How an area is mutated: Stryker changes its modules one place at a time and runs the tests that reach
 * the place. Below the threshold the command fails.
 *
 * @param {'access' | 'text'} area names the configuration of its tests, too
 * @param {string[]} mutate
 */
export function mutation(area, mutate) {
  return {
    testRunner: 'vitest',
    plugins: ['@stryker-mutator/vitest-runner'],
    vitest: { configFile: `tools/mutation/vitest.${area}.ts`, related: true },
    mutate,
    // What a module does while it loads (tables of labels, names, regions) cannot be given to single
    // tests: each change there runs every related test anew, which takes longer than all the rest.
    ignoreStatic: true,
    ignorePatterns: ['.mutation', '.next*', '.setup', 'data', 'docs', 'public', 'test-results'],
    tempDirName: `.mutation/${area}`,
    // The tests hash passwords and keep both processors busy by themselves.
    concurrency: 1,
    timeoutMS: 60_000,
    dryRunTimeoutMinutes: 30,
    thresholds: { high: 90, low: 80, break: 80 },
    reporters: ['clear-text', 'progress-append-only', 'html', 'json'],
    clearTextReporter: { allowEmojis: false, logTests: false, reportTests: false },
    htmlReporter: { fileName: `.mutation/${area}.html` },
    jsonReporter: { fileName: `.mutation/${area}.json` },
  }
}
