import type { Executor, ExecutorOptions } from '../../../src/connection/calls/executor.js'
import type { CompiledQuery } from '../../../src/surrealql/compiled-query.js'

/** An executor that answers from a list, and keeps what it was asked. */
export class FakeExecutor implements Executor {
  readonly asked: CompiledQuery[] = []
  /** With what options, in the same order. */
  readonly options: (ExecutorOptions | undefined)[] = []
  readonly serverVersion = undefined
  readonly #answers: unknown[]

  /** Each answer is the result of one round trip of one statement; an Error is thrown, a function is called. */
  constructor(...answers: readonly unknown[]) {
    this.#answers = [...answers]
  }

  executeSync(query: CompiledQuery, options?: ExecutorOptions): readonly unknown[] {
    this.asked.push(query)
    this.options.push(options)
    const answer = this.#answers.shift()
    if (answer instanceof Error) throw answer
    return [typeof answer === 'function' ? (answer as () => unknown)() : answer]
  }

  async execute(query: CompiledQuery, options?: ExecutorOptions): Promise<readonly unknown[]> {
    return this.executeSync(query, options)
  }
}
