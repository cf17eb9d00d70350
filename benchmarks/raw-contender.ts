import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { Contender } from './workload.js'

/** The official driver, in a process of its own; see raw-driver.ts. */
export async function rawContender(url: string): Promise<Contender> {
  const child = fork(path.join(import.meta.dirname, 'raw-driver.js'), [url], { serialization: 'advanced' })
  await once(child, 'message')
  return {
    name: 'raw driver',
    async turn(name, count) {
      const answered = once(child, 'message')
      child.send({ name, count })
      const [times] = (await answered) as [readonly number[]]
      return times
    },
    async close() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
