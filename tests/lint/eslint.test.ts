import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import path from 'node:path'
import { PlantedTree } from './planted-tree.js'

/**
 * One violation and its clean counterpart: what lies where. `planted` in a path gets a number, so that all of them fit into
 * one project, and into one run of ESLint.
 */
interface Planted {
  readonly rule: string
  readonly what: string
  readonly file: string
  readonly wrong: string
  readonly right: string
  readonly rightFile?: string
}

const lines = (count: number) =>
  Array.from({ length: count }, (_, index) => `export const planted${index} = ${index}`).join('\n')

const WAITING: Planted[] = (
  [
    ['async function', 'export async function planted() {}', 'export function* planted() {}'],
    ['async arrow function', 'export const planted = async () => 1', 'export const planted = () => 1'],
    ['async method', 'export class Planted { async save() {} }', 'export class Planted { save() {} }'],
    ['await', 'export const planted = await 1', 'export const planted = 1'],
    [
      'for await',
      'declare const rows: AsyncIterable<number>\nexport const planted = 1\nfor await (const row of rows) void row',
      'declare const rows: Iterable<number>\nexport const planted = 1\nfor (const row of rows) void row',
    ],
    ['Promise as a value', 'export const planted = Promise.resolve(1)', 'export const planted = 1'],
    ['Promise as a type', 'export type Planted = () => Promise<void>', 'export type Planted = () => void'],
    [
      'import()',
      "export const planted = () => import('../values.js')",
      "import { value } from '../values.js'\nexport const planted = () => value",
    ],
  ] as const
).flatMap(([what, wrong, right]) =>
  ['surrealql', 'fields', 'schema', 'query', 'persistence'].map((folder) => ({
    rule: 'no-restricted-syntax',
    what: `${what} in ${folder}`,
    file: `src/${folder}/planted.ts`,
    wrong,
    right,
  })),
)

const ASYNC = 'export async function runOperationLive(): Promise<void> { await Promise.resolve() }'
const MAY_WAIT: Planted[] = [
  'src/persistence/run-operation.ts',
  'src/persistence/live.ts',
  'src/model/planted.ts',
  'src/connection/planted.ts',
].map((rightFile) => ({
  rule: 'no-restricted-syntax',
  what: `async, but for ${rightFile}`,
  file: 'src/persistence/planted.ts',
  rightFile,
  wrong: ASYNC,
  right: ASYNC,
}))

const OWN_ERROR = "import { ConfigurationError } from '../errors.js'\n"
const THROWING: Planted[] = (
  [
    ['throw new Error', "export function planted() { throw new Error('x') }"],
    ['throw new TypeError', "export function planted() { throw new TypeError('x') }"],
    ['throw new RangeError', "export function planted() { throw new RangeError('x') }"],
    ['throw of a literal', "export function planted() { throw 'x' }"],
    ['throw of a variable', "export function planted() { const error = new Error('x'); throw error }"],
    [
      'throw of a foreign class',
      'class PlantedError extends Error {}\nexport function planted() { throw new PlantedError() }',
    ],
    ['Promise.reject', "export const planted = () => Promise.reject(new Error('x'))"],
    ['reject', "export const planted = () => new Promise<void>((_, reject) => { reject(new Error('x')) })"],
  ] as const
).map(([what, wrong]) => ({
  rule: 'surrealengine/throw-own-errors',
  what,
  file: 'src/connection/planted.ts',
  wrong,
  right: `${OWN_ERROR}class Planted extends ConfigurationError {}
export function planted(): void {
  try { throw new ConfigurationError('x') } catch (error) { if (error instanceof Planted) throw error; throw error }
}`,
}))

THROWING.push({
  rule: 'surrealengine/throw-own-errors',
  what: 'throw new Error, but for the worker',
  file: 'src/connection/bridge/planted.ts',
  wrong: "export function planted() { throw new Error('x') }",
  rightFile: 'src/connection/bridge/host/planted.ts',
  right: "export function planted() { throw new Error('x') }",
})

const FOCUSED: Planted[] = [
  ...['describe', 'it', 'test'].flatMap((name) =>
    ['only', 'skip', 'todo'].map((how) => [`${name}.${how}`, name] as const),
  ),
  ...(['fit', 'xit', 'xtest', 'fdescribe', 'xdescribe'] as const).map((name) => [name, 'it'] as const),
].map(([wrong, right]) => ({
  rule: 'no-restricted-syntax',
  what: wrong,
  file: 'tests/planted.test.ts',
  wrong: `${wrong}('planted', () => {})`,
  right: `${right}('planted', () => {})`,
}))

const NAMES: Planted[] = [
  ...['utils', 'helpers', 'common', 'misc']
    .flatMap((name) => [
      { file: `src/model/${name}.ts`, what: `file ${name}.ts` },
      { file: `src/model/${name}/planted.ts`, what: `folder ${name}` },
      { file: `tests/${name}/planted.ts`, what: `folder ${name} in tests` },
    ])
    .map(({ file, what }) => ({
      rule: 'surrealengine/no-catch-all-names',
      what,
      file,
      wrong: 'export const planted = 1',
      rightFile: 'src/model/planted.ts',
      right: 'export const planted = 1',
    })),
  {
    rule: 'unicorn/filename-case',
    what: 'a file not in kebab-case',
    file: 'src/model/camelCase.ts',
    wrong: 'export const camelCase = 1',
    rightFile: 'src/model/planted.ts',
    right: 'export const planted = 1',
  },
  {
    rule: 'surrealengine/main-export-name',
    what: 'no export named like the file',
    file: 'src/model/planted.ts',
    wrong: 'export const somethingElse = 1',
    right: 'export const thingPlanted = 1',
  },
  {
    rule: 'surrealengine/no-barrel',
    what: 'a second barrel',
    file: 'src/model/values.ts',
    wrong: "export { value } from '../values.js'",
    rightFile: 'src/model/planted.ts',
    right:
      "import { value } from '../values.js'\nexport type { Shape } from '../values.js'\nexport const planted = [value]",
  },
  {
    rule: 'surrealengine/no-barrel',
    what: 'export *',
    file: 'src/query/values.ts',
    wrong: "export * from '../values.js'\nexport const values = 1",
    rightFile: 'src/index.ts',
    right: "export { value } from './values.js'",
  },
  {
    rule: 'surrealengine/no-barrel',
    what: 'an index.ts in a folder',
    file: 'src/model/index.ts',
    wrong: 'export const index = 1',
    rightFile: 'src/model/planted.ts',
    right: 'export const planted = 1',
  },
]

const KINDS = "type Kind = { kind: 'a' } | { kind: 'b' }\n"
const OTHERS: Planted[] = [
  {
    rule: '@typescript-eslint/no-explicit-any',
    what: 'any',
    file: 'src/model/planted.ts',
    wrong: 'export type Planted = any',
    right: 'export type Planted = unknown',
  },
  {
    rule: 'surrealengine/exhaustive-switch',
    what: 'a switch with a missing kind',
    file: 'src/model/planted.ts',
    wrong: `${KINDS}export function planted(of: Kind) { switch (of.kind) { case 'a': return 1 } return 2 }`,
    right: `${KINDS}export function planted(of: Kind) { switch (of.kind) { case 'a': return 1; case 'b': return 2 } }`,
  },
  {
    rule: 'surrealengine/exhaustive-switch',
    what: 'a default that swallows a kind; typeof may have one',
    file: 'src/model/planted.ts',
    wrong: `${KINDS}export function planted(of: Kind) { switch (of.kind) { case 'a': return 1; default: return 2 } }`,
    right: "export function planted(of: unknown) { switch (typeof of) { case 'string': return 1; default: return 2 } }",
  },
  {
    rule: '@typescript-eslint/consistent-type-imports',
    what: 'a type imported as a value',
    file: 'src/model/planted.ts',
    wrong: "import { Shape } from '../values.js'\nexport type Planted = Shape",
    right: "import type { Shape } from '../values.js'\nexport type Planted = Shape",
  },
  ...['src/model/planted.ts', 'tests/planted.test.ts'].map((file) => ({
    rule: '@typescript-eslint/no-floating-promises',
    what: `a promise nobody awaits in ${file}`,
    file,
    wrong: 'export function planted() { Promise.resolve(1) }',
    right: 'export async function planted() { await Promise.resolve(1) }',
  })),
  {
    rule: '@typescript-eslint/no-misused-promises',
    what: 'a promise where a value is meant',
    file: 'src/model/planted.ts',
    wrong: 'export const planted = (of: Promise<boolean>) => (of ? 1 : 2)',
    right: 'export const planted = async (of: Promise<boolean>) => ((await of) ? 1 : 2)',
  },
  {
    rule: '@typescript-eslint/await-thenable',
    what: 'await of a value',
    file: 'tests/planted.test.ts',
    wrong: 'export const planted = async () => await 1',
    right: 'export const planted = async () => await Promise.resolve(1)',
  },
  {
    rule: 'max-lines',
    what: '401 lines',
    file: 'src/model/planted.ts',
    wrong: lines(401),
    right: `${lines(400)}\n\n// comment`,
  },
  {
    rule: '@typescript-eslint/max-params',
    what: 'four parameters',
    file: 'src/model/planted.ts',
    wrong: 'export function planted(a: 1, b: 1, c: 1, d: 1) { return [a, b, c, d] }',
    right: 'export function planted(this: void, a: 1, b: 1, c: 1) { return [a, b, c] }',
  },
  {
    rule: 'max-depth',
    what: 'four blocks deep',
    file: 'src/model/planted.ts',
    wrong:
      'export function planted(a: number) { if (a) { if (a > 1) { if (a > 2) { if (a > 3) { return 1 } } } } return 2 }',
    right: 'export function planted(a: number) { if (a) { if (a > 1) { if (a > 2) { return 1 } } } return 2 }',
  },
  {
    rule: 'complexity',
    what: 'twelve branches',
    file: 'src/model/planted.ts',
    wrong: `export const planted = (a: number) => ${Array.from({ length: 12 }, (_, at) => `a === ${at} ? ${at} : `).join('')}99`,
    right: `export const planted = (a: number) => { switch (a) { ${Array.from({ length: 30 }, (_, at) => `case ${at}: return ${at};`).join('')} default: return 99 } }`,
  },
  {
    rule: 'no-console',
    what: 'console',
    file: 'src/connection/planted.ts',
    wrong: 'export const planted = () => { console.log(1) }',
    right: 'export const planted = () => 1',
  },
  {
    rule: 'no-restricted-globals',
    what: 'a clock in a folder that only describes',
    file: 'src/query/planted.ts',
    wrong: 'export const planted = () => setTimeout(() => {}, 1)',
    rightFile: 'src/connection/planted.ts',
    right: 'export const planted = () => setTimeout(() => {}, 1)',
  },
  {
    rule: 'surrealengine/explained-disable',
    what: 'a rule switched off without a reason',
    file: 'src/model/planted.ts',
    wrong: '// eslint-disable-next-line no-console\nexport const planted = () => { console.log(1) }',
    right:
      '// eslint-disable-next-line no-console -- a planted reason\nexport const planted = () => { console.log(1) }',
  },
]

const PLANTED = [...WAITING, ...MAY_WAIT, ...THROWING, ...FOCUSED, ...NAMES, ...OTHERS]

/** What the planted files import. */
const SOURCES = {
  'src/errors.ts': `export abstract class SurrealEngineError extends Error {}
export class ConfigurationError extends SurrealEngineError {}`,
  'src/values.ts': 'export const value = 1\nexport interface Shape { side: number }',
}

const numbered = PLANTED.map((planted, number) => ({
  ...planted,
  file: planted.file.replace('planted', `planted-${number}`),
  rightFile: (planted.rightFile ?? planted.file).replace('planted', `planted-${number}-right`),
}))

interface FileReport {
  filePath: string
  messages: { ruleId: string | null; fatal?: boolean; message: string }[]
}

describe('eslint', () => {
  const tree = new PlantedTree()
  const reported = new Map<string, (string | null)[]>()

  beforeAll(() => {
    tree
      .copy('eslint.config.js', 'scripts/lint-rules.mjs', 'tsconfig.json', 'package.json')
      .linkPackages()
      .plant(SOURCES)
    for (const { file, wrong, rightFile, right } of numbered) tree.plant({ [file]: wrong, [rightFile]: right })
    const { output, errors } = tree.run('eslint', '--format', 'json', 'src', 'tests')
    expect(errors).toBe('')
    for (const { filePath, messages } of JSON.parse(output) as FileReport[]) {
      expect(messages.filter(({ fatal }) => fatal)).toEqual([])
      reported.set(
        path.relative(tree.directory, filePath),
        messages.map(({ ruleId }) => ruleId),
      )
    }
  }, 60_000)
  afterAll(() => tree.remove())

  it.each(numbered.map((planted) => [planted.rule, planted.what, planted] as const))(
    '%s: %s',
    (rule, _what, planted) => {
      expect(reported.get(planted.file)).toContain(rule)
      expect(reported.get(planted.rightFile)).not.toContain(rule)
    },
  )
})
