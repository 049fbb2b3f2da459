/** Why nothing was erased: each has its words. */
export type EraseErrorCode = 'denied' | 'notFound' | 'stale' | 'signedOut'
