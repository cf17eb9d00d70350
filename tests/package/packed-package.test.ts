import { readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { manyModels } from './many-models.js'
import { filesBelow, PackedPackage, ROOT } from './packed-package.js'
import {
  farFromRecord,
  figure,
  readCounts,
  readRecord,
  steeperThanLinear,
  writeRecord,
  type TypeCounts,
} from './type-counts.js'

describe('the packed package', () => {
  let packed: PackedPackage

  beforeAll(() => {
    packed = new PackedPackage()
  }, 120_000)
  afterAll(() => {
    if (process.env['KEEP_PACKED_PACKAGE']) console.log(`kept: ${packed.directory}`)
    else packed?.remove()
  })

  it('holds the compiled sources and their types, and nothing else', () => {
    const sources = filesBelow(path.join(ROOT, 'src')).filter((file) => !file.startsWith('connection/bridge/host/'))
    const compiled = sources.flatMap((file) =>
      ['.js', '.d.ts'].map((ending) => `dist/${file.replace(/[.]ts$/, ending)}`),
    )
    expect(filesBelow(packed.installed)).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      ...compiled.sort(),
      'package.json',
    ])
  })

  it('names no path of the machine that built it', () => {
    const machine = [ROOT, path.join(homedir(), '/'), '/home/', '/Users/']
    const telling = filesBelow(packed.installed).filter((file) => {
      const content = readFileSync(path.join(packed.installed, file), 'utf8')
      return machine.some((part) => content.includes(part))
    })
    expect(telling).toEqual([])
  })

  it('is what publint asks for', () => {
    expect(packed.check('publint', 'run', packed.tarball, '--strict')).toMatch(/All good!/)
  })

  it('has types that are right', () => {
    // There is one build, of ES modules. CommonJS users require() it, which Node does from 20.19 on (`engines`): that is
    // `cjs-resolves-to-esm`, the one finding that is meant. The profile leaves out `moduleResolution: node10`, which
    // knows no `exports`.
    const attw = () =>
      packed.check('attw', packed.tarball, '--profile', 'node16', '--ignore-rules', 'cjs-resolves-to-esm')
    expect(attw).not.toThrow()
  })

  it.each([
    ['standard decorators', {}],
    ['legacy decorators', { experimentalDecorators: true }],
    ['legacy decorators and set semantics', { experimentalDecorators: true, useDefineForClassFields: false }],
  ])('is used from TypeScript with %s', (name, options) => {
    const project = packed.project(name.replaceAll(' ', '-'), 'module').copy('typescript.ts').compile(options)
    expect(project.execute('typescript.js')).toBe('Ada 1 function\n')
  })

  it('costs the type checker no more per model with 200 than with 50: UPDATE_TYPES_AT_SCALE=1 records it', () => {
    const counts = new Map<number, TypeCounts>()
    for (const models of [20, 50, 200]) {
      const project = packed.project(`${models}-models`, 'module')
      for (const [name, text] of manyModels(models)) project.write(name, text)
      const printed = project.diagnose()
      counts.set(models, readCounts(printed))
      const shown = ['Instantiations', 'Types', 'Memory used', 'Check time']
      console.log(`${models} models: ${shown.map((name) => `${name} ${figure(printed, name)}`).join(', ')}`)
    }
    expect(steeperThanLinear(counts)).toEqual([])
    if (process.env['UPDATE_TYPES_AT_SCALE']) writeRecord(counts)
    expect(farFromRecord(counts, readRecord())).toEqual([])
  }, 180_000)

  it('is used from JavaScript with import', () => {
    expect(packed.project('module', 'module').copy('module.mjs').execute('module.mjs')).toBe('Ada 1\n')
  })

  it('is used from JavaScript with require()', () => {
    expect(packed.project('common', 'commonjs').copy('common.cjs').execute('common.cjs')).toBe('Ada 1\n')
  })

  it('runs the first example of its README', () => {
    const readme = readFileSync(path.join(packed.installed, 'README.md'), 'utf8')
    const example = /^```ts\n([\s\S]*?)^```/m.exec(readme)?.[1]
    expect(example).toMatch(/from 'surrealengine'/)
    packed.project('readme', 'module').write('example.ts', example!).compile({}).execute('example.js')
  })
})
