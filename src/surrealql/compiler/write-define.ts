import { escapeIdentifier, escapePath } from '../escape.js'
import { ModelDefinitionError } from '../../errors.js'
import { requireFeature } from '../dialect.js'
import type { CompiledQuery } from '../compiled-query.js'
import {
  EACH_ELEMENT,
  type DefineEventStatement,
  type DefineFieldStatement,
  type DefineIndexStatement,
  type DefineTableStatement,
  type IndexKind,
  type PathStep,
  type Permission,
  type Permissions,
  type RemoveTableStatement,
} from '../nodes/define-statement.js'
import { inlineBindings } from './inline-bindings.js'
import { surql } from '../surql.js'
import { spellType } from './spell-type.js'
import type { SurrealqlWriter } from './surrealql-writer.js'
import { isQuoted } from '../quoted-names.js'
import { writeString } from './write-literal.js'

/** Writes a DEFINE TABLE that may be run again. */
export function writeDefineTable(writer: SurrealqlWriter, statement: DefineTableStatement): void {
  const { table, schema, changefeed, view } = statement
  writer.write(`DEFINE TABLE ${ifThere(statement)} ${escapeIdentifier(table)} TYPE ${tableType(statement)}`)
  writer.write(schema === 'full' ? ' SCHEMAFULL' : ' SCHEMALESS')
  if (statement.drop) writer.write(' DROP')
  if (view) writer.write(` AS ${inlineBindings(view, { dialect: writer.dialect, where: `The view ${table}` })}`)
  if (changefeed) {
    writer.write(` CHANGEFEED ${changefeed.expiry}${changefeed.includeOriginal ? ' INCLUDE ORIGINAL' : ''}`)
  }
  writePermissions(writer, statement.permissions, table)
  writeComment(writer, statement.comment, table)
}

function tableType({ type = 'normal' }: DefineTableStatement): string {
  if (typeof type === 'string') return type.toUpperCase()
  const ends = (['in', 'out'] as const).map((end) =>
    type[end].length === 0 ? '' : ` ${end.toUpperCase()} ${type[end].map(escapeIdentifier).join(' | ')}`,
  )
  return `RELATION${ends.join('')}${type.enforced ? ' ENFORCED' : ''}`
}

/** Writes a REMOVE TABLE. */
export function writeRemoveTable(writer: SurrealqlWriter, { table }: RemoveTableStatement): void {
  writer.write(`REMOVE TABLE IF EXISTS ${escapeIdentifier(table)}`)
}

/** Writes a DEFINE FIELD that may be run again. */
export function writeDefineField(writer: SurrealqlWriter, statement: DefineFieldStatement): void {
  const { table, path } = statement
  const where = [table, ...path.map((step) => (step === EACH_ELEMENT ? '*' : step))].join('.')
  checkReadable(writer, path, where)
  checkComputed(writer, statement, where)
  if (statement.computed && writer.dialect.definitions.computed) writeRemoveElements(writer, statement)
  if (statement.computed?.query.includes('<~')) requireFeature(writer.dialect, 'references from other records', where)
  writer.write(`DEFINE FIELD ${ifThere(statement)} ${writePath(path)} ON ${escapeIdentifier(table)}`)
  const isFuture = statement.computed && writer.dialect.comparesFutures
  writeFieldType(writer, isFuture ? { ...statement, type: 'any' } : statement, where)
  writeReference(writer, statement, where)
  const clause = (keyword: string, expression: CompiledQuery | undefined): void => {
    if (expression) writer.write(` ${keyword} ${writeInline(writer, expression, where)}`)
  }
  clause('DEFAULT', statement.default ?? nextOf(writer, statement.sequence, where))
  clause('DEFAULT ALWAYS', statement.defaultAlways)
  if (statement.readonly) writer.write(' READONLY')
  clause('VALUE', statement.value)
  clause('ASSERT', statement.assert)
  if (writer.dialect.definitions.computed) clause('COMPUTED', statement.computed)
  else if (statement.computed) writer.write(` VALUE <future> { ${writeInline(writer, statement.computed, where)} }`)
  writePermissions(writer, statement.permissions, where)
  writeComment(writer, statement.comment, where)
}

function writeReference(writer: SurrealqlWriter, { onDelete }: DefineFieldStatement, where: string): void {
  if (!onDelete) return
  requireFeature(writer.dialect, 'onDelete of links', where)
  const action = typeof onDelete === 'string' ? onDelete.toUpperCase() : `THEN ${writeBlock(writer, onDelete, where)}`
  writer.write(` REFERENCE ON DELETE ${action}`)
}

/** The engine refuses to define a computed list while it has elements, those of its own definition included. */
function writeRemoveElements(writer: SurrealqlWriter, { table, path, type }: DefineFieldStatement): void {
  const depth = type.match(/\b(?:array|set)</g)?.length ?? 0
  for (let count = depth; count > 0; count--) {
    const elements = [...path, ...Array<PathStep>(count).fill(EACH_ELEMENT)]
    writer.write(`REMOVE FIELD IF EXISTS ${writePath(elements)} ON ${escapeIdentifier(table)};\n`)
  }
}

function checkReadable({ dialect }: SurrealqlWriter, [name, ...inside]: readonly PathStep[], where: string): void {
  if (typeof name !== 'string' || inside.length > 0) return
  if (!dialect.definitions.unreadableFields.has(name.toLowerCase())) return
  throw new ModelDefinitionError(
    'INVALID_DEFINITION',
    `${where}: a table with a field of this name can no longer be read or written; give the field another dbField.`,
  )
}

/** The engine gives it under the name with its quotes, and under the name itself it finds nothing. */
function checkComputed({ dialect }: SurrealqlWriter, { computed, path }: DefineFieldStatement, where: string): void {
  const [name] = path
  if (!computed || !dialect.definitions.computed || typeof name !== 'string' || !isQuoted(name)) return
  throw new ModelDefinitionError(
    'INVALID_DEFINITION',
    `${where}: the database does not give what it computes under a name that has to be quoted; give the field another dbField.`,
  )
}

function nextOf(writer: SurrealqlWriter, sequence: string | undefined, where: string): CompiledQuery | undefined {
  if (sequence === undefined) return undefined
  requireFeature(writer.dialect, 'sequences', where)
  return surql`sequence::nextval(${sequence})`
}

function writeFieldType(writer: SurrealqlWriter, { type, flexible }: DefineFieldStatement, where: string): void {
  const { dialect } = writer
  if (type === '') return
  const spelled = `TYPE ${spellType(type, dialect, where)}`
  if (!flexible) writer.write(` ${spelled}`)
  else writer.write(dialect.definitions.flexibleBehindType ? ` ${spelled} FLEXIBLE` : ` FLEXIBLE ${spelled}`)
}

/** Writes a DEFINE INDEX that may be run again. */
export function writeDefineIndex(writer: SurrealqlWriter, statement: DefineIndexStatement): void {
  const { table, name, fields, index } = statement
  writer.write(`DEFINE INDEX ${ifThere(statement)} ${escapeIdentifier(name)} ON ${escapeIdentifier(table)}`)
  if (fields.length > 0) writer.write(` FIELDS ${fields.map(writePath).join(', ')}`)
  writeIndexKind(writer, index, `${table}.${name}`)
  writeComment(writer, statement.comment, `${table}.${name}`)
  if (statement.concurrently) writer.write(' CONCURRENTLY')
}

function writeIndexKind(writer: SurrealqlWriter, index: IndexKind, where: string): void {
  switch (index.kind) {
    case 'plain':
      return
    case 'unique':
      writer.write(' UNIQUE')
      return
    case 'count':
      writer.write(' COUNT')
      if (index.where) {
        requireFeature(writer.dialect, 'conditions of count indexes', where)
        writer.write(` WHERE ${writeInline(writer, index.where, where)}`)
      }
      return
    case 'fulltext':
      writer.write(` ${writer.dialect.definitions.fulltext} ANALYZER ${escapeIdentifier(index.analyzer)}`)
      if (index.bm25 !== false) writer.write(index.bm25 === true ? ' BM25' : ` BM25(${index.bm25.join(',')})`)
      if (index.highlights) writer.write(' HIGHLIGHTS')
      return
    case 'HNSW':
    case 'DISKANN':
      if (index.kind === 'DISKANN') requireFeature(writer.dialect, 'DISKANN indexes', where)
      writer.write(` ${index.kind}`)
      for (const [name, value] of index.parameters) {
        if (name === 'HASHED_VECTOR') requireFeature(writer.dialect, 'hashed vectors', where)
        writer.write(value === true ? ` ${name}` : ` ${name} ${value}`)
      }
      return
    default:
      index satisfies never
  }
}

/** Writes a DEFINE EVENT that may be run again. */
export function writeDefineEvent(writer: SurrealqlWriter, statement: DefineEventStatement): void {
  const { table, name, when, then, asynchronous } = statement
  const where = `${table}.${name}`
  writer.write(`DEFINE EVENT ${ifThere(statement)} ${escapeIdentifier(name)} ON ${escapeIdentifier(table)}`)
  if (asynchronous) {
    requireFeature(writer.dialect, 'asynchronous events', where)
    writer.write(' ASYNC')
    if (asynchronous.retry !== undefined) writer.write(` RETRY ${asynchronous.retry}`)
    if (asynchronous.maxDepth !== undefined) writer.write(` MAXDEPTH ${asynchronous.maxDepth}`)
  }
  if (when) writer.write(` WHEN ${writeInline(writer, when, where)}`)
  const parts =
    'query' in then ? [writeBlock(writer, then, where)] : then.map((each) => writeInline(writer, each, where))
  writer.write(` THEN ${parts.join(', ')}`)
  writeComment(writer, statement.comment, where)
}

/** What becomes of a definition that is there. */
export function ifThere({ keep }: { readonly keep?: boolean | undefined }): string {
  return keep ? 'IF NOT EXISTS' : 'OVERWRITE'
}

function writePath(path: readonly PathStep[]): string {
  return path.map((step) => (step === EACH_ELEMENT ? '*' : escapePath([step]))).join('.')
}

/** An expression with its values in it. */
export function writeInline(writer: SurrealqlWriter, expression: CompiledQuery, where: string): string {
  return `(${inlineBindings(expression, { dialect: writer.dialect, where })})`
}

/** Statements with their values in them. */
export function writeBlock(writer: SurrealqlWriter, statements: CompiledQuery, where: string): string {
  return `{ ${inlineBindings(statements, { dialect: writer.dialect, where, block: true })} }`
}

/** COMMENT, where there is one. */
export function writeComment(writer: SurrealqlWriter, comment: string | undefined, where: string): void {
  if (comment !== undefined) writer.write(` COMMENT ${writeString(comment, where)}`)
}

/** `FULL`, `NONE` or `WHERE …`. */
export function writePermission(writer: SurrealqlWriter, permission: Permission, where: string): string {
  if (typeof permission === 'boolean') return permission ? 'FULL' : 'NONE'
  return `WHERE ${writeInline(writer, permission, where)}`
}

function writePermissions(writer: SurrealqlWriter, permissions: Permissions | undefined, where: string): void {
  if (!permissions) return
  const [first] = permissions
  const isOne = typeof first?.[1] === 'boolean' && permissions.every(([, permission]) => permission === first[1])
  const text = isOne
    ? writePermission(writer, first[1], where)
    : permissions.map(([action, each]) => `FOR ${action} ${writePermission(writer, each, where)}`).join(', ')
  writer.write(` PERMISSIONS ${text}`)
}
