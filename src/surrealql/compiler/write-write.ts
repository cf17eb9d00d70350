import { escapeIdentifier, escapePath } from '../escape.js'
import type {
  CreateStatement,
  DeleteStatement,
  InsertStatement,
  Returning,
  UpdateStatement,
} from '../nodes/write-statement.js'
import type { SurrealqlWriter } from './surrealql-writer.js'
import { writeExpression } from './write-expression.js'
import { writeBound, writeTarget, writeWriteTarget } from './write-select.js'

/** Writes a CREATE. */
export function writeCreate(writer: SurrealqlWriter, statement: CreateStatement): void {
  writer.write('CREATE ONLY ')
  writeTarget(writer, statement.target)
  writer.write(' CONTENT ').bind(statement.content)
}

/** Writes an INSERT. */
export function writeInsert(writer: SurrealqlWriter, { table, relation, rows }: InsertStatement): void {
  writer.write(`INSERT ${relation ? 'RELATION ' : ''}INTO ${escapeIdentifier(table)} `).bind(rows)
}

/** Writes an UPDATE … SET. */
export function writeUpdate(writer: SurrealqlWriter, statement: UpdateStatement): void {
  writer.write(statement.only ? 'UPDATE ONLY ' : 'UPDATE ')
  writeWriteTarget(writer, statement.target)
  writer.write(' SET ')
  statement.assignments.forEach(({ path, value }, index) => {
    if (index > 0) writer.write(', ')
    writer.write(`${escapePath(path)} = `)
    writeExpression(writer, value)
  })
  writeWhere(writer, statement)
  writer.write(RETURN[statement.returning])
  writeBound(writer, 'TIMEOUT', statement.timeout)
}

/** Writes a DELETE. */
export function writeDelete(writer: SurrealqlWriter, statement: DeleteStatement): void {
  writer.write(statement.only ? 'DELETE ONLY ' : 'DELETE ')
  writeWriteTarget(writer, statement.target)
  writeWhere(writer, statement)
  writer.write(RETURN[statement.returning])
  writeBound(writer, 'TIMEOUT', statement.timeout)
}

function writeWhere(writer: SurrealqlWriter, statement: UpdateStatement | DeleteStatement): void {
  if (!statement.where) return
  writer.write(' WHERE ')
  writeExpression(writer, statement.where)
}

/** A marker is the smallest answer that still tells how many records were written. */
const RETURN: Record<Returning, string> = {
  after: '',
  before: ' RETURN BEFORE',
  marker: ' RETURN VALUE true',
  none: ' RETURN NONE',
}
