/** `hint`: the site works, but something could be better. `fault`: something must be done. */
export type Severity = 'ok' | 'hint' | 'fault'

/** The doctor's checks, in the order of its report. */
export const CHECKS = [
  'settings',
  'node',
  'disk',
  'folder',
  'origin',
  'database',
  'migrations',
  'schema',
  'chains',
  'search',
  'clock',
  'backups',
  'secrets',
  'mail',
  'people',
] as const

type Check = (typeof CHECKS)[number]

/** All possible findings, each with its check and severity. */
export const FINDING_CODES = {
  settingsSet: ['settings', 'ok'],
  settingsMissing: ['settings', 'hint'],
  settingWithoutEffect: ['settings', 'hint'],
  nodeFits: ['node', 'ok'],
  nodeTooOld: ['node', 'fault'],
  diskHasRoom: ['disk', 'ok'],
  diskLow: ['disk', 'hint'],
  diskFull: ['disk', 'fault'],
  folderWritable: ['folder', 'ok'],
  folderNotWritable: ['folder', 'fault'],
  originIsHttps: ['origin', 'ok'],
  originNotHttps: ['origin', 'hint'],
  databaseWhole: ['database', 'ok'],
  noDatabase: ['database', 'fault'],
  notADatabase: ['database', 'fault'],
  damaged: ['database', 'fault'],
  brokenReferences: ['database', 'fault'],
  migrationsApplied: ['migrations', 'ok'],
  migrationsWaiting: ['migrations', 'hint'],
  migrationsOfOther: ['migrations', 'fault'],
  schemaComplete: ['schema', 'ok'],
  schemaDiffers: ['schema', 'fault'],
  chainsIntact: ['chains', 'ok'],
  chainsBroken: ['chains', 'fault'],
  searchCurrent: ['search', 'ok'],
  searchOutdated: ['search', 'hint'],
  clockAhead: ['clock', 'ok'],
  clockBehind: ['clock', 'hint'],
  backupsRecent: ['backups', 'ok'],
  backupsUnset: ['backups', 'hint'],
  backupsFolderMissing: ['backups', 'fault'],
  backupsNone: ['backups', 'fault'],
  backupsOld: ['backups', 'fault'],
  secretsApart: ['secrets', 'ok'],
  secretsFromEnvironment: ['secrets', 'ok'],
  secretsNone: ['secrets', 'hint'],
  secretsReadable: ['secrets', 'fault'],
  secretsBesideBackups: ['secrets', 'fault'],
  secretsInRepository: ['secrets', 'fault'],
  mailAnswers: ['mail', 'ok'],
  mailUnset: ['mail', 'hint'],
  mailSilent: ['mail', 'fault'],
  peopleSafe: ['people', 'ok'],
  nobody: ['people', 'hint'],
  withoutFactor: ['people', 'hint'],
} as const satisfies Record<string, readonly [Check, Severity]>

export type FindingCode = keyof typeof FINDING_CODES

export type Finding = {
  check: Check
  state: Severity
  code: FindingCode
  /** Values for the message: numbers, names of settings, paths. */
  values: Readonly<Record<string, string | number>>
}

/** @param values for the message of this code */
export function finding(code: FindingCode, values: Finding['values'] = {}): Finding {
  const [check, state] = FINDING_CODES[code]
  return { check, state, code, values }
}
