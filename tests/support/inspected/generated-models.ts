import { transformSync } from 'esbuild'
import * as surrealengine from '../../../src/index.js'
import { DefinedObject, type Connection, type ModelLike } from '../../../src/index.js'

/** What the source of `inspectDatabase` exports that can be defined, made as a user's compiler makes it. */
export function generatedFrom(source: string): (ModelLike | DefinedObject)[] {
  const { code } = transformSync(source, {
    loader: 'ts',
    format: 'cjs',
    target: 'es2022',
    tsconfigRaw: { compilerOptions: { experimentalDecorators: true } },
  })
  const module = { exports: {} as Record<string, ModelLike | DefinedObject> }
  const run = new Function('require', 'module', code) as (require: () => object, module: object) => void
  run(() => surrealengine, module)
  // embedded documents are no definitions
  return Object.values(module.exports).filter(
    (made) => made instanceof DefinedObject || (made as { objects?: unknown }).objects !== undefined,
  )
}

/** Everything that INFO tells of a database, taken apart; but for the numbers it gave its tables. */
export async function structureOf(connection: Connection): Promise<unknown> {
  type Database = Record<string, { name: string; id?: number }[]>
  const [{ users: _, tables = [], ...database }] = await connection.query<[Database]>('INFO FOR DB STRUCTURE')
  const questions = tables.map(({ name }) => `INFO FOR TABLE ${surrealengine.escapeIdentifier(name)} STRUCTURE`)
  const parts = questions.length > 0 ? await connection.query(questions.join(';\n')) : []
  return { database, tables: tables.map(({ id: _id, ...table }, index) => ({ ...table, parts: parts[index] })) }
}

/** The comments of a source, each without its place. */
export function leftOutOf(source: string): string[] {
  return source
    .split('\n')
    .filter((line) => line.includes('// not written: '))
    .map((line) => line.trim().replace('// not written: ', ''))
}
