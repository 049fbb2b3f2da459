import type { NextConfig } from 'next'
import createNextIntlPlugin from 'next-intl/plugin'
import { env } from './lib/env'

const withNextIntl = createNextIntlPlugin({ requestConfig: './lib/i18n/request.ts' })

const config: NextConfig = {
  distDir: env.NEXT_DIST_DIR,
  reactStrictMode: true,
  // Headers, compression and entity tags are made in server/http, once, for every response.
  compress: false,
  generateEtags: false,
  poweredByHeader: false,
  // Metadata in <head> for everybody: late metadata is put in place by a script, and none runs.
  htmlLimitedBots: /.*/,
  images: { unoptimized: true },
  // server.ts has them in memory: the pages use those, in place of a copy in each of their bundles.
  serverExternalPackages: ['better-auth', 'rate-limiter-flexible', 'zod'],
  // `npm run check` looks at the types of everything, the tests included.
  typescript: { ignoreBuildErrors: true },
  turbopack: { root: env.root },
  // A build goes into a new folder, where no earlier one has left a cache: writing one takes half a minute.
  experimental: { turbopackFileSystemCacheForBuild: false },
  agentRules: false,
  devIndicators: false,
}

export default withNextIntl(config)
