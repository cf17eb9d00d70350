import type { CachedResults } from '../connection/cache/cached-results.js'
import type { CollectedWrite, Executor, ExecutorOptions } from '../connection/calls/executor.js'
import { ignoreRejection, isPromiseLike, runSteps, runStepsSync } from '../connection/steps.js'
import { AsyncInSyncError } from '../errors.js'
import type { CompiledQuery } from '../surrealql/compiled-query.js'
import { compile } from '../surrealql/compiler/compile.js'
import { afterWrites, dialectFor } from '../surrealql/dialect.js'
import type { Statement } from '../surrealql/nodes/statement.js'
import { tablesWritten } from '../query/tables-written.js'
import { cachedStep, type CacheChoice } from './cached-step.js'
import type { Operation, Step } from './operation.js'

/** Where an operation runs; asked for only when it needs the database. */
export type ChooseExecutor = () => Executor

/** Runs an operation; the promise settles when it is done. With a choice, what it reads is cached. */
export async function runOperation<Result>(
  choose: ChooseExecutor,
  operation: Operation<Result>,
  cache?: CacheChoice,
): Promise<Result> {
  const place = new Place(choose)
  try {
    return await runSteps(operation, (step: Step) => {
      if (step.kind === 'call') return step.run()
      const { executor } = place
      if (step.kind === 'is-in-transaction') return executor.onCancel !== undefined
      if (step.snapshot) executor.onCancel?.(step.snapshot())
      if (executor.collect) return executor.collect(toCollect(executor, step))
      const query = place.compile(step)
      const look = (canWait: boolean): CachedResults =>
        cachedStep(executor, cache, { statements: step.statements, query, canWait })
      const send = ({ found, keep, sent }: CachedResults): unknown => {
        if (found) return found
        const reading = executor.execute(query, place.optionsFor(step)).then(resultsOf(step, keep))
        sent?.(reading)
        return reading
      }
      const cached = look(true)
      return cached.underWay ? cached.underWay.then(() => send(look(false))) : send(cached)
    })
  } finally {
    place.leave()
  }
}

/** Runs an operation on the calling thread, which is blocked meanwhile. */
export function runOperationSync<Result>(
  choose: ChooseExecutor,
  operation: Operation<Result>,
  cache?: CacheChoice,
): Result {
  const place = new Place(choose)
  try {
    return runStepsSync(operation, (step: Step) => {
      if (step.kind === 'call') return synchronous(step.what, step.run())
      const { executor } = place
      if (step.kind === 'is-in-transaction') return executor.onCancel !== undefined
      if (step.snapshot) executor.onCancel?.(step.snapshot())
      if (executor.collect) return executor.collect(toCollect(executor, step))
      const query = place.compile(step)
      const { found, keep } = cachedStep(executor, cache, { statements: step.statements, query, canWait: false })
      return found ?? resultsOf(step, keep)(executor.executeSync(query, place.optionsFor(step)))
    })
  } finally {
    place.leave()
  }
}

/** Where one operation runs, from its first step on the database to its end. */
class Place {
  readonly #choose: ChooseExecutor
  #executor: Executor | undefined
  #leave: (() => void) | undefined
  /** The query of the next step, made while the database works on this one. */
  #ahead: { readonly statements: readonly Statement[]; readonly query: CompiledQuery } | undefined

  constructor(choose: ChooseExecutor) {
    this.#choose = choose
  }

  get executor(): Executor {
    if (!this.#executor) {
      this.#executor = this.#choose()
      this.#leave = this.#executor.enter?.()
    }
    return this.#executor
  }

  compile(step: ExecuteStep): CompiledQuery {
    const ahead = this.#ahead
    this.#ahead = undefined
    return ahead && ahead.statements === step.statements && !step.atomic
      ? ahead.query
      : compileStep(this.executor, step)
  }

  /** What only reads may be asked twice, and so may what can be told to be done already. */
  optionsFor({ statements, ifExists, each, meanwhile }: ExecuteStep): ExecutorOptions {
    const { executor } = this
    const writes = tablesWritten(statements)
    if (ifExists) return { writes, ifExists: () => compileFor(executor, [ifExists]) }
    return {
      writes,
      idempotent: statements.every(({ kind }) => kind === 'select'),
      ...(each && { each }),
      ...(meanwhile && { meanwhile: () => this.#compileAhead(meanwhile()) }),
    }
  }

  leave(): void {
    this.#leave?.()
  }

  #compileAhead(statements: readonly Statement[] | undefined): CompiledQuery | undefined {
    if (!statements) return undefined
    const query = compileFor(this.executor, statements)
    this.#ahead = { statements, query }
    return query
  }
}

type ExecuteStep = Extract<Step, { kind: 'execute' }>

function toCollect(executor: Executor, { statements, foreseen }: ExecuteStep): CollectedWrite {
  const writes = tablesWritten(statements)
  return { statements, foreseen, writes, compile: (all) => compileFor(executor, all as readonly Statement[]) }
}

function compileStep(executor: Executor, { statements, atomic }: ExecuteStep): CompiledQuery {
  const compiled = compileFor(executor, statements)
  return atomic ? { ...compiled, query: `BEGIN;\n${compiled.query};\nCOMMIT` } : compiled
}

/** Those of the statements alone: some servers answer BEGIN and COMMIT as well. */
function resultsOf({ statements, atomic }: ExecuteStep, keep: CachedResults['keep']): CleanResults {
  const { length } = statements
  return (results) => {
    keep(results)
    return atomic && results.length > length ? results.slice(1, length + 1) : results
  }
}

type CleanResults = (results: readonly unknown[]) => readonly unknown[]

function compileFor(executor: Executor, statements: readonly Statement[]): CompiledQuery {
  const dialect = dialectFor(executor.serverVersion)
  return compile(statements, executor.hasWritten ? afterWrites(dialect) : dialect)
}

function synchronous(what: string, value: unknown): unknown {
  if (!isPromiseLike(value)) return value
  ignoreRejection(value)
  throw new AsyncInSyncError(
    `${what} is asynchronous, which a blocking method cannot wait for; call the method without "Sync".`,
  )
}
