import type { CallOptions } from '../connection/call-options.js'
import type { Executor } from '../connection/executor.js'
import { isPromiseLike, runSteps, runStepsSync } from '../connection/steps.js'
import { AsyncInSyncError } from '../errors.js'
import type { CompiledQuery } from '../surrealql/compiled-query.js'
import { compile } from '../surrealql/compiler/compile.js'
import { dialectFor } from '../surrealql/dialect.js'
import type { Operation, Step } from './operation.js'

/** Where an operation runs; asked for only when it needs the database. */
export type ChooseExecutor = () => Executor

/** Runs an operation; the promise settles when it is done. */
export async function runOperation<Result>(choose: ChooseExecutor, operation: Operation<Result>): Promise<Result> {
  return await runSteps(operation, (step: Step) => {
    if (step.kind === 'call') return step.run()
    const executor = choose()
    const compiled = prepare(executor, step)
    return executor.execute(compiled, optionsFor(step))
  })
}

/** Runs an operation on the calling thread, which is blocked meanwhile. */
export function runOperationSync<Result>(choose: ChooseExecutor, operation: Operation<Result>): Result {
  return runStepsSync(operation, (step: Step) => {
    if (step.kind === 'call') return synchronous(step.what, step.run())
    const executor = choose()
    const compiled = prepare(executor, step)
    return executor.executeSync(compiled, optionsFor(step))
  })
}

type ExecuteStep = Extract<Step, { kind: 'execute' }>

function prepare(executor: Executor, { statements, snapshot }: ExecuteStep): CompiledQuery {
  const compiled = compile(statements, dialectFor(executor.serverVersion))
  if (snapshot) executor.onCancel?.(snapshot())
  return compiled
}

/** What only reads may be asked twice. */
function optionsFor({ statements }: ExecuteStep): CallOptions {
  return { idempotent: statements.every(({ kind }) => kind === 'select') }
}

function synchronous(what: string, value: unknown): unknown {
  if (!isPromiseLike(value)) return value
  value.then(undefined, () => {})
  throw new AsyncInSyncError(
    `${what} is asynchronous, which a blocking method cannot wait for; call the method without "Sync".`,
  )
}
