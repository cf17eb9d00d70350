import { SurrealEngineError } from '../errors.js'

/**
 * Work written once for both modes: a generator yields what it wants done and receives the result. The two functions here
 * are the only ones that drive such a generator; every operation of the package goes through one of them.
 */
export type Steps<Step, Result> = Generator<Step, Result, unknown>

/** Drives the work, waiting for each step. An error of a step is thrown into the generator, at its `yield`. */
export async function runSteps<Step, Result>(
  steps: Steps<Step, Result>,
  perform: (step: Step) => unknown,
): Promise<Result> {
  try {
    let state = steps.next()
    while (!state.done) {
      let outcome: Outcome
      try {
        outcome = { value: await perform(state.value) }
      } catch (error) {
        outcome = { error: withItsStack(error) }
      }
      state = resume(steps, outcome)
    }
    return state.value
  } catch (error) {
    throw atCaller(error, runSteps)
  }
}

/** Drives the work without ever leaving the calling thread; `perform` blocks. */
export function runStepsSync<Step, Result>(steps: Steps<Step, Result>, perform: (step: Step) => unknown): Result {
  try {
    let state = steps.next()
    while (!state.done) {
      let outcome: Outcome
      try {
        outcome = { value: perform(state.value) }
      } catch (error) {
        outcome = { error: withItsStack(error) }
      }
      state = resume(steps, outcome)
    }
    return state.value
  } catch (error) {
    throw atCaller(error, runStepsSync)
  }
}

/** Errors whose stack is right as it is. */
const placed = new WeakSet<object>()

/** A step may run code of the user, whose line is in the stack of what it throws. */
function withItsStack(error: unknown): unknown {
  if (error instanceof SurrealEngineError) placed.add(error)
  return error
}

/** The generators of the work are of no use to anybody who reads a stack, and take two frames each. */
function atCaller(error: unknown, driver: (...values: never[]) => unknown): unknown {
  if (!(error instanceof SurrealEngineError) || placed.has(error)) return error
  placed.add(error)
  Error.captureStackTrace(error, driver)
  return error
}

type Outcome = { readonly value: unknown } | { readonly error: unknown }

function resume<Step, Result>(steps: Steps<Step, Result>, outcome: Outcome): IteratorResult<Step, Result> {
  return 'error' in outcome ? steps.throw(outcome.error) : steps.next(outcome.value)
}

/** Whether a value has to be waited for. */
export function isPromiseLike(value: unknown): value is PromiseLike<unknown> {
  return typeof value === 'object' && value !== null && typeof (value as { then?: unknown }).then === 'function'
}

/** Nobody waits for it. What is no promise, such as a queryset, would only begin its work when it is waited for. */
export function ignoreRejection(value: PromiseLike<unknown>): void {
  if (value instanceof Promise) value.catch(() => {})
}
