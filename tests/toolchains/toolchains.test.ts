import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { availableParallelism } from 'node:os'
import { check } from './check.js'
import { TOOLCHAINS, type Toolchain } from './compilers.js'
import { EXPECTED } from './expected-report.js'
import { settingsInEffect } from './settings-in-effect.js'
import { Workshop, type Outcome } from './workshop.js'

/** What became of each toolchain; a failure is kept for its own test. */
const outcomes = new Map<Toolchain, Promise<Outcome>>()
let workshop: Workshop

beforeAll(async () => {
  workshop = new Workshop()
  const waiting = [...TOOLCHAINS]
  const lane = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const outcome = workshop.run(next)
      outcomes.set(next, outcome)
      await outcome.catch(() => undefined)
    }
  }
  await Promise.all(Array.from({ length: availableParallelism() }, lane))
}, 120_000)

afterAll(() => workshop.close())

describe.each(TOOLCHAINS)('$name', (toolchain) => {
  it('makes the models that were written', async () => {
    expect(await outcomes.get(toolchain)).toEqual({ settings: toolchain.settings, report: EXPECTED })
  })
})

it("Jest's own transform makes them too", async () => {
  expect(await check()).toEqual(EXPECTED)
  expect(settingsInEffect()).toEqual({
    experimentalDecorators: false,
    emitDecoratorMetadata: false,
    useDefineForClassFields: true,
  })
})

it('every compiler is there with both decorator systems and both kinds of class fields', () => {
  const names = TOOLCHAINS.map(({ name }) => name)
  expect(new Set(names).size).toBe(names.length)
  for (const compiler of ['tsc', 'swc', 'esbuild', 'tsx']) {
    for (const decorators of ['legacy', 'standard']) {
      for (const fields of ['define', 'assign']) {
        expect(names).toContain(`${compiler}, ${decorators} decorators, ${fields}`)
      }
    }
  }
})
