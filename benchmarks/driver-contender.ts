import { fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import type { DriverCommand } from './driver-process.js'
import type { Contender } from './workload.js'

/** A contender in a process of its own; see driver-process.ts. */
export async function driverContender(name: string, program: string, place: readonly string[]): Promise<Contender> {
  const child = fork(path.join(import.meta.dirname, program), place, { serialization: 'advanced' })
  const death = once(child, 'exit').then(() => Promise.reject(new Error(`${name} has ended`)))
  // also one that nobody waits for
  death.catch(() => {})
  const answer = async <Answer>(): Promise<Answer> => {
    const [message] = await Promise.race([once(child, 'message'), death])
    return message as Answer
  }
  const cases = await answer<readonly string[]>()
  const ask = <Answer>(command: DriverCommand): Promise<Answer> => {
    child.send(command)
    return answer()
  }
  return {
    name,
    cases,
    turn: (what, count) => ask({ name: what, count }),
    rush: (count, atATime) => ask({ rush: count, atATime }),
    async close() {
      child.kill('SIGKILL')
      await once(child, 'exit')
    },
  }
}
