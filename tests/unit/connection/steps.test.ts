import { describe, expect, it } from '@jest/globals'
import { isPromiseLike, runSteps, runStepsSync, type Steps } from '../../../src/connection/steps.js'

type Run = <Result>(steps: Steps<number, Result>, perform: (step: number) => unknown) => Promise<Result>

/** Both runners under one face, so that each test says the same of both. */
const RUNNERS: readonly (readonly [string, Run])[] = [
  ['runSteps', (steps, perform) => runSteps(steps, perform)],
  ['runSteps with promises', (steps, perform) => runSteps(steps, async (step) => perform(step))],
  ['runStepsSync', async (steps, perform) => runStepsSync(steps, perform)],
]

describe.each(RUNNERS)('%s', (_, run) => {
  const double = (step: number) => step * 2

  it('gives each step its result, and returns the last value', async () => {
    function* work(): Steps<number, unknown> {
      const first = (yield 1) as number
      const second = yield first + 1
      return [first, second]
    }
    expect(await run(work(), double)).toEqual([2, 6])
  })

  it('runs nothing for work without steps', async () => {
    function* work(): Steps<number, string> {
      return 'done'
    }
    const perform = () => {
      throw new Error('was called')
    }
    expect(await run(work(), perform)).toBe('done')
  })

  it('throws the error of a step at its yield, where it can be caught', async () => {
    const failure = new Error('no')
    function* work(): Steps<number, unknown> {
      try {
        yield 1
        return 'not thrown'
      } catch (error) {
        return [error, yield 2]
      }
    }
    const perform = (step: number) => {
      if (step === 1) throw failure
      return step
    }
    expect(await run(work(), perform)).toEqual([failure, 2])
  })

  it('lets an error through that nobody catches, after the finally blocks and their steps', async () => {
    const failure = new Error('no')
    const performed: number[] = []
    function* work(): Steps<number, void> {
      try {
        yield* inner()
      } finally {
        yield 3
      }
    }
    function* inner(): Steps<number, void> {
      try {
        yield 1
      } finally {
        yield 2
      }
    }
    const perform = (step: number) => {
      performed.push(step)
      if (step === 1) throw failure
    }
    await expect(run(work(), perform)).rejects.toBe(failure)
    expect(performed).toEqual([1, 2, 3])
  })

  it.each([undefined, null, 'text', 0, false])('throws %p into the work when a step throws that', async (thrown) => {
    function* work(): Steps<number, unknown> {
      try {
        yield 1
      } catch (error) {
        return { caught: error }
      }
      return 'not caught'
    }
    const perform = () => {
      throw thrown
    }
    expect(await run(work(), perform)).toEqual({ caught: thrown })
  })

  it('passes an error on that the work itself throws', async () => {
    const failure = new Error('no')
    function* work(): Steps<number, void> {
      yield 1
      throw failure
    }
    await expect(run(work(), double)).rejects.toBe(failure)
  })

  it('takes undefined for the result of a step', async () => {
    function* work(): Steps<number, unknown> {
      return yield 1
    }
    expect(await run(work(), () => undefined)).toBeUndefined()
  })
})

describe('runSteps', () => {
  it('waits for a step before it asks for the next one', async () => {
    const log: string[] = []
    function* work(): Steps<number, void> {
      for (const step of [1, 2]) {
        log.push(`asks ${step}`)
        yield step
      }
    }
    await runSteps(work(), async (step) => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      log.push(`did ${step}`)
    })
    expect(log).toEqual(['asks 1', 'did 1', 'asks 2', 'did 2'])
  })
})

describe('runStepsSync', () => {
  it('does not wait: a promise is a value like any other', () => {
    const promise = Promise.resolve(1)
    function* work(): Steps<number, unknown> {
      return yield 1
    }
    expect(runStepsSync(work(), () => promise)).toBe(promise)
  })
})

describe('isPromiseLike', () => {
  it.each([
    [Promise.resolve(), true],
    [{ then: () => undefined }, true],
    [{ then: 1 }, false],
    [undefined, false],
    [null, false],
    ['then', false],
    [{}, false],
  ])('%p: %p', (value, expected) => {
    expect(isPromiseLike(value)).toBe(expected)
  })
})
