import { spawnSync } from 'node:child_process'
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { codeBlocks, compileErrors, ROOT } from './code-blocks.js'

const blocks = codeBlocks()
const running = blocks.filter(({ runs }) => runs)

describe('the code in README.md, docs/ and JSDoc', () => {
  it('compiles', () => {
    expect(compileErrors(blocks)).toEqual([])
  }, 60_000)
})

describe('the code marked to run', () => {
  const directory = realpathSync(mkdtempSync(path.join(tmpdir(), 'surrealengine-docs-')))

  beforeAll(() => {
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(directory, 'node_modules'))
    writeFileSync(path.join(directory, 'package.json'), JSON.stringify({ type: 'module' }))
    const compilerOptions = {
      target: 'es2022',
      module: 'nodenext',
      paths: { surrealengine: [path.join(ROOT, 'src/index.ts')] },
    }
    writeFileSync(path.join(directory, 'tsconfig.json'), JSON.stringify({ compilerOptions }))
  })
  afterAll(() => rmSync(directory, { recursive: true, force: true }))

  it('is there', () => {
    expect(running).not.toEqual([])
  })

  it.each(running.map(({ place, code }, at) => [place, code, at] as const))('%s', (_place, code, at) => {
    writeFileSync(path.join(directory, `block-${at}.ts`), code)
    const tsx = path.join(ROOT, 'node_modules/.bin/tsx')
    const { status, stderr } = spawnSync(tsx, [`block-${at}.ts`], { cwd: directory, encoding: 'utf8', timeout: 25_000 })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })
})
