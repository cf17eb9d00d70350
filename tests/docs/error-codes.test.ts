import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { ERROR_CODES } from '../../src/errors.js'

const ROOT = path.join(__dirname, '../..')
const codes: string[] = Object.values(ERROR_CODES).flat()

const read = (file: string) => readFileSync(path.join(ROOT, file), 'utf8')
const headings = () => [...read('docs/errors.md').matchAll(/^#+ +`?([A-Z][A-Z_]+)`?$/gm)].map(([, code]) => code)

const tests = readdirSync(path.join(ROOT, 'tests'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !file.startsWith('docs'))
  .map((file) => ({ file, text: read(path.join('tests', file)) }))

describe('docs/errors.md', () => {
  it('has one heading for each code, and no other', () => {
    expect(headings().sort()).toEqual([...codes].sort())
  })
})

describe('a code', () => {
  it.each(codes)('%s is in a test outside this folder', (code) => {
    const quoted = new RegExp(`['"\`]${code}['"\`]`)
    expect(tests.filter(({ text }) => quoted.test(text)).map(({ file }) => file)).not.toEqual([])
  })
})
