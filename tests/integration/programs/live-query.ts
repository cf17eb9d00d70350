/** A program that leaves a live query behind which nobody waits for, in the mode it is told, and prints what it saw. */
import { createConnection } from '../../../src/index.js'

const [mode] = process.argv.slice(2)
const connection = await createConnection({ url: 'mem://', namespace: 'n', database: 'd' }).connect()
await connection.query('DEFINE TABLE thing')
if (mode === 'sync') {
  const live = connection.liveSync('thing', { timeout: '10s' })
  await connection.query('CREATE thing:1')
  console.log(live.next().value?.action)
} else {
  const live = await connection.live('thing')
  await connection.query('CREATE thing:1')
  console.log((await live.next()).value?.action)
}
await connection.query('CREATE thing:2')
