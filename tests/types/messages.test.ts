import { describe, expect, it } from '@jest/globals'
import { checkFile, type Settings } from './checked-file.js'

const EVERY_SETTING: readonly Settings[] = [true, false].flatMap((experimentalDecorators) =>
  [true, false].map((exactOptionalPropertyTypes) => ({ experimentalDecorators, exactOptionalPropertyTypes })),
)

describe.each(EVERY_SETTING)('with %j', (settings) => {
  it('everything compiles that should', () => {
    expect(checkFile('what-compiles.ts', settings).complaints).toEqual([])
  })

  it('each line that should not compile does not, and the message says why', () => {
    const { complaints, marks } = checkFile('what-does-not.ts', settings)
    expect(marks.length).toBeGreaterThan(80)
    const unanswered = marks.filter(
      ({ line, message }) =>
        !complaints.some((complaint) => complaint.line === line && complaint.message.includes(message)),
    )
    expect(unanswered).toEqual([])
    const lines = new Set(marks.map(({ line }) => line))
    expect(complaints.filter(({ line }) => !lines.has(line))).toEqual([])
  })
})

it('a person reads what is wrong with a filter', () => {
  const { complaints } = checkFile('what-does-not.ts', EVERY_SETTING[3]!)
  const read = complaints.map(({ message }) => message).join('\n')
  expect(read).toContain("unknown field 'nope'")
  expect(read).toContain("'gtee' is neither a field inside 'age' nor a lookup of it")
  expect(read).toContain("'age' takes a number")
})
