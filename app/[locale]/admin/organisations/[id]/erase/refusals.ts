/** Why nothing was erased: each has its words. */
export type EraseRefusal = 'denied' | 'notFound' | 'stale' | 'signedOut'
