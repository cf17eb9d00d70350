/** Signs in by the official client, closes the connection, and has nothing more to do. */
import { createConnection } from '../../../src/index.js'

const connection = createConnection({ url: 'mem://', namespace: 'n', database: 'd' }).connectSync()
connection.querySync('DEFINE USER ann ON ROOT PASSWORD "secret" ROLES OWNER')
const driver = await connection.driver()
await driver.signin({ username: 'ann', password: 'secret' })
if (process.argv[2] === 'sync') connection.closeSync()
else await connection.close()
try {
  await driver.query('RETURN 1')
} catch {
  console.log('closed')
}
