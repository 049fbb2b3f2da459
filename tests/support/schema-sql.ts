import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3'
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils'
import * as engineModule from '@prisma/schema-engine-wasm/schema_engine_bg'

const SCHEMA = 'prisma/schema.prisma'

/**
 * Writes the SQL that builds the whole of `prisma/schema.prisma` on an empty SQLite database
 * (no triggers, no full-text table: those stand in the migrations only). Run it by hand to author
 * a migration: `node --import tsx -e "import('./tests/support/schema-sql.ts').then(async (m) => console.log(await m.schemaSql()))"`.
 */
export async function schemaSql(): Promise<string> {
  const wasmPath = createRequire(import.meta.url)
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm')
  const { instance } = await WebAssembly.instantiate(readFileSync(wasmPath), {
    './schema_engine_bg.js': engineModule as unknown as WebAssembly.ModuleImports,
  })
  engineModule.__wbg_set_wasm(instance.exports)
  ;(instance.exports['__wbindgen_start'] as () => void)()

  const file = { path: SCHEMA, content: readFileSync(SCHEMA, 'utf8') }
  const adapter = bindMigrationAwareSqlAdapterFactory(new PrismaBetterSqlite3({ url: ':memory:' }))
  const engine = await engineModule.SchemaEngine.new(
    { datamodels: [[file.path, file.content]] },
    () => undefined,
    adapter,
  )
  const result = (await engine.diff({
    from: { tag: 'empty' },
    to: { tag: 'schemaDatamodel', files: [file] },
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  })) as { stdout: string | null }
  return result.stdout ?? ''
}
