/** Opens a connection to the url it is given and prints how that went; with `hold` it stays until it is killed. */
import { createConnection, type SurrealEngineError } from '../../../src/index.js'

const [url = '', mode, hold] = process.argv.slice(2)
const connection = createConnection({ url, namespace: 'n', database: 'd', timeout: '10s' })
try {
  if (mode === 'sync') connection.connectSync()
  else await connection.connect()
  console.log('open')
} catch (error) {
  console.log((error as SurrealEngineError).code)
}
if (hold === 'hold') setInterval(() => {}, 60_000)
else await connection.close()
