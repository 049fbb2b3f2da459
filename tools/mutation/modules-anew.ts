import { vi } from 'vitest'

// The worker lives on from one mutant to the next, and with it what a module has built and kept (the
// names of countries): built by one mutant, it would fail or pass the tests of those that follow.
vi.resetModules()
