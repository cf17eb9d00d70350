import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { execFileSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import * as surrealengine from '../../src/index.js'
import { createConnection, defineTables, inspectDatabase, schemaDiff, type Connection } from '../../src/index.js'
import { removeDirectory } from '../support/remove-directory.js'
import { generatedFrom, leftOutOf, structureOf } from '../support/inspected/generated-models.js'
import { TYPE_IMPORTS, VALUE_IMPORTS } from '../../src/migration/source-names.js'
import { HAND_WRITTEN } from '../support/inspected/hand-written.js'
import { checkFile } from '../types/checked-file.js'

const directory = mkdtempSync(path.join(tmpdir(), 'surrealengine-'))
afterAll(() => removeDirectory(directory))

let count = 0
async function emptyDatabase(): Promise<Connection> {
  const name = `everything${++count}`
  return await createConnection({ url: 'mem://', namespace: 'a', database: 'b', name }).connect()
}

/** What the compiler and prettier say of a source. */
function complaintsOf(source: string): unknown[] {
  const file = path.join(directory, `models${++count}.mts`)
  writeFileSync(file, source)
  const settings = { experimentalDecorators: false, exactOptionalPropertyTypes: true }
  const { complaints } = checkFile(path.relative(path.join(__dirname, '../types'), file), settings)
  return [...complaints, ...styleOf(source)]
}

/** The lines that prettier would write otherwise. */
function styleOf(source: string): readonly string[] {
  const options = ['--no-config', '--no-semi', '--single-quote', '--print-width=120', '--stdin-filepath=models.ts']
  const pretty = execFileSync('node_modules/.bin/prettier', options, { input: source, encoding: 'utf8' })
  const lines = source.split('\n')
  return pretty.split('\n').filter((line, index) => lines[index] !== line)
}

describe('what was written by hand', () => {
  let connection: Connection
  let source = ''
  beforeAll(async () => {
    connection = await emptyDatabase()
    await connection.query(HAND_WRITTEN.replaceAll('PREFIX', 'hand'))
    source = await inspectDatabase(connection)
  })
  afterAll(() => connection.close())

  test('is all there', () => {
    expect(leftOutOf(source)).toEqual([])
  })

  test('is source that a person would have written', () => {
    expect(complaintsOf(source)).toEqual([])
  })

  test('defines the same again', async () => {
    const definitions = generatedFrom(source)
    expect((await schemaDiff(connection, definitions)).differences).toEqual([])
    const fresh = await emptyDatabase()
    await defineTables(definitions, { connection: fresh })
    expect(await structureOf(fresh)).toEqual(await structureOf(connection))
    await fresh.close()
  })
})

describe('what models define', () => {
  test('comes back as models that define it', async () => {
    const { MODELS } = await import('../support/inspected/every-definition.js')
    const connection = await emptyDatabase()
    await defineTables(MODELS, { connection })
    const source = await inspectDatabase(connection)
    expect(leftOutOf(source)).toEqual([])
    expect(styleOf(source)).toEqual([])
    // a table has one model in a program
    const copies = generatedFrom(source.replaceAll('origin_', 'copied_'))
    const fresh = await emptyDatabase()
    await defineTables(copies, { connection: fresh })
    const copied = JSON.stringify(await structureOf(fresh), null, 1).replaceAll('copied_', 'origin_')
    expect(copied).toBe(JSON.stringify(await structureOf(connection), null, 1))
    await connection.close()
    await fresh.close()
  })

  test('has a field of every kind there is', async () => {
    const { FIELDS } = await import('../support/inspected/every-definition.js')
    const all = Object.keys(surrealengine).filter((name) => name.endsWith('Field'))
    expect(Object.keys(FIELDS).sort()).toEqual(all.sort())
  })
})

describe('names', () => {
  const TABLES = [
    ...[
      'select',
      'class',
      'back`tick',
      'new\nline',
      '🎉',
      'with space',
      'with_space',
      'With Space',
      '1',
      "it's",
      'ab${c}',
    ],
    ...[
      'a\\b',
      '*/ //',
      '</script>',
      '__proto__',
      'constructor',
      'undefined',
      'größe',
      '人',
      'string field',
      'a__b',
      'a_b',
    ],
    // what the source imports, or what means something in every module
    ...[...VALUE_IMPORTS, ...TYPE_IMPORTS, 'StringField'],
    ...[
      'record',
      'set',
      'date',
      'array',
      'promise',
      'object',
      'string',
      'number',
      'ref',
      'symbol',
      'exports',
      'require',
    ],
  ]
  const FIELDS = [
    ...['back`tick', 'new\nline', '🎉', 'with space', '1', "it's", 'a\\b', 'a__b', 'a_b', 'a___b', '__proto__', 'save'],
    ...[
      'saveField',
      'constructor',
      'in',
      'out',
      'class',
      'größe',
      '*',
      '${x}',
      'toString',
      'prototype',
      '$',
      '_',
      '__',
    ],
  ]

  test('of every kind give source that compiles, and defines the same', async () => {
    const connection = await emptyDatabase()
    const name = surrealengine.escapeIdentifier
    const statements = TABLES.flatMap((table) => [
      `DEFINE TABLE ${name(table)} TYPE NORMAL COMMENT ${JSON.stringify(table)}`,
      `DEFINE FIELD link ON ${name(table)} TYPE record<${name(table)}>`,
    ])
    const fields = FIELDS.flatMap((field) => [
      `DEFINE FIELD ${name(field)} ON class TYPE object`,
      `DEFINE FIELD ${name(field)}.${name(field)} ON class TYPE ${JSON.stringify(field)}`,
      `DEFINE INDEX ${name(field)} ON class FIELDS ${name(field)}.${name(field)} UNIQUE`,
    ])
    const others = TABLES.filter((each) => /^\w+$/.test(each)).flatMap((each) => [
      `DEFINE PARAM $${name(each)} VALUE 1`,
      `DEFINE FUNCTION fn::${name(each)}($${name(each)}: int) { RETURN 1 }`,
    ])
    await connection.query([...statements, ...fields, ...others].join(';\n'))
    const source = await inspectDatabase(connection)
    // no object can have that for a key
    expect(leftOutOf(source)).toEqual(['__proto__'])
    expect(complaintsOf(source)).toEqual([])
    const fresh = await emptyDatabase()
    await defineTables(generatedFrom(source), { connection: fresh })
    await fresh.query('DEFINE FUNCTION fn::__proto__($__proto__: int) { RETURN 1 }')
    expect(await structureOf(fresh)).toEqual(await structureOf(connection))
    await connection.close()
    await fresh.close()
  })
})
