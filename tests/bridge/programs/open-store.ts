/** Opens a store and says so; with `hold` it stays. */
import { LinkUser } from '../../support/bridge-link.js'

const [url = '', hold] = process.argv.slice(2)
const user = await new LinkUser({ kind: 'embedded', urls: [url] }).start()
console.log('ready')
if (hold) setInterval(() => {}, 60_000)
else await user.close()
