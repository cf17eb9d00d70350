/** A program that has loaded the native engine by itself opens a connection to a store in memory, in both modes. */
import { createNodeEngines } from '@surrealdb/node'
import { createConnection, type SurrealEngineError } from '../../../src/index.js'

createNodeEngines()
for (const open of ['connect', 'connectSync'] as const) {
  const connection = createConnection({ url: 'mem://', namespace: 'n', database: 'd', name: open })
  try {
    await connection[open]()
    console.log('open')
  } catch (error) {
    console.log((error as SurrealEngineError).code)
  }
}
process.exit()
