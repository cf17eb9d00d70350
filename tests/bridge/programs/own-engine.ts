/** Loads the native engine in the main thread, as a program may that uses the driver's own embedded engine. */
import '@surrealdb/node'
import { LinkUser } from '../../support/bridge-link.js'

const failure = await new LinkUser({ kind: 'embedded', urls: ['mem://'] }).open()
console.log(JSON.stringify({ opened: failure ? 0 : 1, refused: failure?.reason === 'second-thread' ? 1 : 0 }))
