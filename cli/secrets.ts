import { secrets } from '@/lib/env'

secrets()
