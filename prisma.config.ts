import { defineConfig } from 'prisma/config'

// `generate` needs no schema engine, yet Prisma looks for one and would download it.
if (process.argv.includes('generate')) {
  process.env['PRISMA_SCHEMA_ENGINE_BINARY'] ??= process.execPath
}

export default defineConfig({ schema: 'prisma/schema.prisma' })
