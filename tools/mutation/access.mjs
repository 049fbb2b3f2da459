import { mutation } from './shared.mjs'

export default mutation('access', ['lib/{auth,permissions,users}/*.ts'])
