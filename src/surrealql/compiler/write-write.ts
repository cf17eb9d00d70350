import type { Dialect } from '../dialect.js'
import { escapeIdentifier, escapePath } from '../escape.js'
import { and } from '../nodes/expression.js'
import type {
  ConflictUpdate,
  CreateStatement,
  DeleteStatement,
  InsertStatement,
  Returning,
  UpdateStatement,
} from '../nodes/write-statement.js'
import { askComputed } from './ask-computed.js'
import { isMisled } from './misleading-indexes.js'
import type { SurrealqlWriter } from './surrealql-writer.js'
import { writeExpression } from './write-expression.js'
import { resolveIds, writeBound, writeTarget, writeWriteTarget } from './write-select.js'

/** Writes a CREATE. */
export function writeCreate(writer: SurrealqlWriter, statement: CreateStatement): void {
  writer.write('CREATE ONLY ')
  writeTarget(writer, statement.target)
  writer.write(' CONTENT ').bind(statement.content)
}

/** Writes an INSERT. */
export function writeInsert(writer: SurrealqlWriter, { table, relation, rows, onConflict }: InsertStatement): void {
  const words = `INSERT ${relation ? 'RELATION ' : ''}${onConflict === 'ignore' ? 'IGNORE ' : ''}INTO`
  writer.write(`${words} ${escapeIdentifier(table)} `).bind(rows)
  if (typeof onConflict === 'object') writeConflictUpdate(writer, onConflict)
}

/** The engine reads a field of the record as if the record were not there (surrealdb #7056); `+=` does not. */
function writeConflictUpdate(writer: SurrealqlWriter, { take, set, increment }: ConflictUpdate): void {
  writer.write(' ON DUPLICATE KEY UPDATE ')
  let separator = ''
  const begin = (column: string): SurrealqlWriter => {
    writer.write(`${separator}${escapeIdentifier(column)}`)
    separator = ', '
    return writer
  }
  for (const column of take) begin(column).write(` = $input.${escapeIdentifier(column)}`)
  for (const [column, value] of Object.entries(set)) begin(column).write(' = ').bind(value)
  for (const column of increment) begin(column).write(' += 1')
}

/** Writes an UPDATE … SET. */
export function writeUpdate(writer: SurrealqlWriter, statement: UpdateStatement): void {
  const found = findById(askComputed(statement, writer.dialect), writer.dialect)
  const end = writeOnly(writer, 'UPDATE', statement)
  writeFound(writer, found)
  writer.write(' SET ')
  statement.assignments.forEach(({ path, value }, index) => {
    if (index > 0) writer.write(', ')
    writer.write(`${escapePath(path)} = `)
    writeExpression(writer, value)
  })
  writeWhere(writer, found)
  writer.write(RETURN[statement.returning])
  writeBound(writer, 'TIMEOUT', statement.timeout)
  writer.write(end)
}

/** Writes a DELETE. */
export function writeDelete(writer: SurrealqlWriter, statement: DeleteStatement): void {
  const found = findById(askComputed(statement, writer.dialect), writer.dialect)
  const end = writeOnly(writer, 'DELETE', statement)
  writeFound(writer, found)
  writeWhere(writer, found)
  writer.write(RETURN[statement.returning])
  writeBound(writer, 'TIMEOUT', statement.timeout)
  writer.write(end)
}

/** Begins a statement, and gives what ends it: see `Dialect.onlyRefusesNone`. */
function writeOnly(writer: SurrealqlWriter, word: string, { only }: { readonly only?: boolean }): string {
  const isFirst = only === true && writer.dialect.onlyRefusesNone === true
  writer.write(isFirst ? `(${word} ` : only ? `${word} ONLY ` : `${word} `)
  return isFirst ? ')[0]' : ''
}

/** What is written to, and on which condition. */
type Written = Pick<UpdateStatement, 'target' | 'where'>

function findById({ target, where }: Written, { losesIds }: Dialect): Written {
  const found = resolveIds(target, losesIds === true)
  const conditions = [found.condition, where].filter((condition) => condition !== undefined)
  return { target: found.target, ...(conditions.length > 0 && { where: and(...conditions) }) }
}

function writeFound(writer: SurrealqlWriter, { target, where }: Written): void {
  writeWriteTarget(writer, target)
  if (where && isMisled({ target, where, isWrite: true }, writer.dialect)) writer.write(' WITH NOINDEX')
}

function writeWhere(writer: SurrealqlWriter, { where }: Written): void {
  if (!where) return
  writer.write(' WHERE ')
  writeExpression(writer, where)
}

/** A marker is the smallest answer that still tells how many records were written. */
const RETURN: Record<Returning, string> = {
  after: '',
  before: ' RETURN BEFORE',
  marker: ' RETURN VALUE true',
  none: ' RETURN NONE',
}
