import type { Executor } from '../connection/executor.js'
import { isPromiseLike, runSteps, runStepsSync } from '../connection/steps.js'
import { AsyncInSyncError } from '../errors.js'
import type { CompiledQuery } from '../surrealql/compiled-query.js'
import { compile } from '../surrealql/compiler/compile.js'
import { dialectFor } from '../surrealql/dialect.js'
import type { Statement } from '../surrealql/nodes/statement.js'
import type { Operation, Step } from './operation.js'

/** Where an operation runs; asked for only when it needs the database. */
export type ChooseExecutor = () => Executor

/** Runs an operation; the promise settles when it is done. */
export async function runOperation<Result>(choose: ChooseExecutor, operation: Operation<Result>): Promise<Result> {
  return await runSteps(operation, (step: Step) => {
    if (step.kind === 'call') return step.run()
    const executor = choose()
    return executor.execute(compileFor(executor, step.statements))
  })
}

/** Runs an operation on the calling thread, which is blocked meanwhile. */
export function runOperationSync<Result>(choose: ChooseExecutor, operation: Operation<Result>): Result {
  return runStepsSync(operation, (step: Step) => {
    if (step.kind === 'call') return synchronous(step.what, step.run())
    const executor = choose()
    return executor.executeSync(compileFor(executor, step.statements))
  })
}

function compileFor(executor: Executor, statements: readonly Statement[]): CompiledQuery {
  return compile(statements, dialectFor(executor.serverVersion))
}

function synchronous(what: string, value: unknown): unknown {
  if (!isPromiseLike(value)) return value
  value.then(undefined, () => {})
  throw new AsyncInSyncError(
    `${what} is asynchronous, which a blocking method cannot wait for; call the method without "Sync".`,
  )
}
