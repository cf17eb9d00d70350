/** Opens a link in a worker thread, reports what came of it, and uses it for a while. */
import { parentPort, workerData } from 'node:worker_threads'
import type { LinkTarget } from '../../../src/connection/bridge/link.js'
import { LinkUser, type LinkMode } from '../../support/bridge-link.js'

const { target, mode } = workerData as { readonly target: LinkTarget; readonly mode: LinkMode }

async function main(): Promise<void> {
  const user = new LinkUser(target, mode)
  const failure = await user.open()
  if (failure && failure.reason !== 'second-thread') throw new Error(`${failure.reason}: ${failure.message}`)
  parentPort?.postMessage(failure ? 'refused' : 'opened')
  if (!failure) for (let call = 0; call < 200; call++) await user.query('RETURN 1')
  // keeps what it has until every thread has answered
  await new Promise<void>((resolve) => parentPort?.once('message', () => resolve()))
  await user.close()
}

void main()
