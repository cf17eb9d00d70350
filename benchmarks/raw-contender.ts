import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { RawCommand } from './raw-driver.js'
import type { Contender } from './workload.js'

/** The official driver, in a process of its own; see raw-driver.ts. */
export async function rawContender(url: string): Promise<Contender> {
  const child = fork(path.join(import.meta.dirname, 'raw-driver.js'), [url], { serialization: 'advanced' })
  await once(child, 'message')
  const ask = async <Answer>(command: RawCommand): Promise<Answer> => {
    const answered = once(child, 'message')
    child.send(command)
    const [answer] = (await answered) as [Answer]
    return answer
  }
  return {
    name: 'raw driver',
    turn: (name, count) => ask({ name, count }),
    rush: (count, atATime) => ask({ rush: count, atATime }),
    async close() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
