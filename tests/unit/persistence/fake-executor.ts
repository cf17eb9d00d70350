import type { Executor } from '../../../src/connection/executor.js'
import type { CompiledQuery } from '../../../src/surrealql/compiled-query.js'

/** An executor that answers from a list, and keeps what it was asked. */
export class FakeExecutor implements Executor {
  readonly asked: CompiledQuery[] = []
  readonly serverVersion = undefined
  readonly #answers: unknown[]

  /** Each answer is the result of one round trip of one statement; an Error is thrown, a function is called. */
  constructor(...answers: readonly unknown[]) {
    this.#answers = [...answers]
  }

  executeSync(query: CompiledQuery): readonly unknown[] {
    this.asked.push(query)
    const answer = this.#answers.shift()
    if (answer instanceof Error) throw answer
    return [typeof answer === 'function' ? (answer as () => unknown)() : answer]
  }

  async execute(query: CompiledQuery): Promise<readonly unknown[]> {
    return this.executeSync(query)
  }
}
