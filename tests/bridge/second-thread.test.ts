import { describe, expect, it } from '@jest/globals'
import { repeat, runProgram } from '../support/bridge-child.js'

interface Answers {
  readonly opened: number
  readonly refused: number
}

/** What the threads of one process report: how many could open `mem://` and how many were told `second-thread`. */
async function outcome(program: string, ...values: string[]): Promise<Answers | string> {
  const { code, signal, output } = await runProgram(program, ...values).ended
  if (code !== 0) return `ended with ${signal ?? code}: ${output}`
  return JSON.parse(output.trim().split('\n').at(-1) ?? '') as Answers
}

describe('two threads of one process', () => {
  it('never both load the native engine, however close together they open it', async () => {
    const answers = await repeat(8, () => outcome('two-threads', 'together'))
    expect(answers).toEqual(answers.map(() => ({ opened: 1, refused: 1 })))
  })

  it('may have it one after the other', async () => {
    expect(await outcome('two-threads', 'in turn')).toEqual({ opened: 2, refused: 0 })
  })

  it('may both use a server', async () => {
    expect(await outcome('two-threads', 'server')).toEqual({ opened: 2, refused: 0 })
  })

  it('are refused the engine when the program has loaded it by itself', async () => {
    expect(await outcome('own-engine')).toEqual({ opened: 0, refused: 1 })
  })
})
