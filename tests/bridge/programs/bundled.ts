/** A small program, to be bundled. It forgets to close. */
import { LinkUser } from '../../support/bridge-link.js'

async function main(): Promise<void> {
  const user = await new LinkUser({ kind: 'embedded', urls: ['mem://'] }).start()
  const [first] = await user.query('RETURN 42')
  const [second] = await user.other.query('RETURN 42')
  console.log(`async ${String(first)}, sync ${String(second)}`)
}

void main()
