/** Writes one record after the other, and says so when the store has acknowledged it. */
import { LinkUser } from '../../support/bridge-link.js'

const [url = ''] = process.argv.slice(2)
const user = await new LinkUser({ kind: 'embedded', urls: [url] }, 'sync').start()
for (let number = 1; ; number++) {
  await user.query('CREATE thing SET number = $number', { number })
  console.log(`acknowledged ${number}`)
  // stdout is a pipe, which is written to from the event loop
  await new Promise(setImmediate)
}
