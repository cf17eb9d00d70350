import { CASES } from './workload.js'

/** The calls of one contender: each is timed, and what it brings is counted. */
export class Turns {
  /** The number of the next call; each has its own. */
  next = 0

  /** Makes the calls of one turn, one after the other; milliseconds of each. */
  async take(name: string, count: number, call: (index: number) => unknown): Promise<readonly number[]> {
    const expected = CASES.find((one) => one.name === name)?.rows
    const times: number[] = []
    for (let index = 0; index < count; index++) {
      const begin = performance.now()
      const answer = await call(this.next++)
      times.push(performance.now() - begin)
      if (expected !== undefined && !(Array.isArray(answer) && answer.length === expected))
        throw new Error(`${name} did not bring ${expected} rows`)
    }
    return times
  }
}
