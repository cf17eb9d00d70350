import { escapeIdentifier, escapePath } from '../escape.js'
import type {
  Column,
  EdgeDirection,
  Order,
  Path,
  Projection,
  SelectStatement,
  Target,
} from '../nodes/select-statement.js'
import type { Dialect } from '../dialect.js'
import { keepComputed } from './keep-computed.js'
import type { SurrealqlWriter } from './surrealql-writer.js'
import { writeExpression } from './write-expression.js'

/** Writes a SELECT. */
export function writeSelect(writer: SurrealqlWriter, statement: SelectStatement): void {
  const select = forDialect(writer.dialect, statement)
  writer.write('SELECT ')
  writeProjection(writer, select.projection)
  writer.write(select.only ? ' FROM ONLY ' : ' FROM ')
  writeTarget(writer, select.from)
  if (select.indexes && select.from.kind === 'table') {
    const { indexes } = select
    writer.write(indexes === 'none' ? ' WITH NOINDEX' : ` WITH INDEX ${indexes.map(escapeIdentifier).join(', ')}`)
  }
  if (select.where) {
    writer.write(' WHERE ')
    writeExpression(writer, select.where)
  }
  writeClauses(writer, select)
}

function forDialect(dialect: Dialect, statement: SelectStatement): SelectStatement {
  const complete = dialect.indexesLoseComputed ? keepComputed(statement, dialect) : statement
  return dialect.limitBeforeFilter ? filterInSubselect(complete) : complete
}

/** What stands behind WHERE, in the order of the grammar. */
function writeClauses(writer: SurrealqlWriter, select: SelectStatement): void {
  const { split, orderBy, fetch } = select
  if (split?.length) writer.write(` SPLIT ${paths(split)}`)
  writeGroup(writer, select)
  if (orderBy?.length) writer.write(` ORDER BY ${orderBy === 'random' ? 'RAND()' : orderBy.map(orderText).join(', ')}`)
  writeBound(writer, 'LIMIT', select.limit)
  writeBound(writer, 'START', select.start)
  if (fetch?.length) writer.write(` FETCH ${paths(fetch)}`)
  writeBound(writer, 'VERSION', select.version)
  writeBound(writer, 'TIMEOUT', select.timeout)
  if (select.tempFiles) writer.write(' TEMPFILES')
  if (select.explain) writer.write(EXPLAIN[select.explain])
}

const EXPLAIN = { plan: ' EXPLAIN', full: ' EXPLAIN FULL' } as const

/** A clause with a value, where there is one. */
export function writeBound(writer: SurrealqlWriter, word: string, value: unknown): void {
  if (value !== undefined) writer.write(` ${word} `).bind(value)
}

function writeGroup(writer: SurrealqlWriter, { projection, groupBy }: SelectStatement): void {
  if (groupBy === 'all' || projection.kind === 'count') writer.write(' GROUP ALL')
  else if (groupBy) writer.write(` GROUP BY ${paths(groupBy)}`)
}

function paths(all: readonly Path[]): string {
  return all.map(escapePath).join(', ')
}

function orderText({ path, direction, collate, numeric }: Order): string {
  return `${escapePath(path)}${collate ? ' COLLATE' : ''}${numeric ? ' NUMERIC' : ''} ${direction}`
}

/** Writes what a statement writes to: see `Dialect.losesIds`. */
export function writeWriteTarget(writer: SurrealqlWriter, target: Target): void {
  writeTarget(writer, writer.dialect.losesIds ? withoutIndexes(target) : target)
}

function withoutIndexes(target: Target): Target {
  if (target.kind !== 'select') return target
  return {
    kind: 'select',
    select: { ...target.select, from: withoutIndexes(target.select.from), indexes: 'none' },
  }
}

const ARROWS: Readonly<Record<EdgeDirection, string>> = { out: '->', in: '<-', both: '<->' }

/** Writes what a statement reads or writes. */
export function writeTarget(writer: SurrealqlWriter, target: Target): void {
  switch (target.kind) {
    case 'table':
      writer.write(escapeIdentifier(target.table))
      return
    case 'records':
      writer.bind(target.records)
      return
    case 'edges':
      writer.bind(target.record).write(`${ARROWS[target.direction]}${escapeIdentifier(target.table)}`)
      return
    case 'select':
      writer.write('(')
      writeSelect(writer, target.select)
      writer.write(')')
      return
    default:
      target satisfies never
  }
}

function writeProjection(writer: SurrealqlWriter, projection: Projection): void {
  switch (projection.kind) {
    case 'all':
      writer.write('*')
      for (const column of projection.also ?? []) writeColumn(writer.write(', '), column)
      return
    case 'columns':
      projection.columns.forEach((column, index) => {
        if (index > 0) writer.write(', ')
        writeColumn(writer, column)
      })
      return
    case 'value':
      writer.write('VALUE ')
      writeExpression(writer, projection.value)
      return
    case 'count':
      writer.write(`count() AS ${escapeIdentifier(projection.alias)}`)
      return
    default:
      projection satisfies never
  }
}

function writeColumn(writer: SurrealqlWriter, { value, alias }: Column): void {
  writeExpression(writer, value)
  if (alias !== undefined) writer.write(` AS ${escapeIdentifier(alias)}`)
}

/** See `Dialect.limitBeforeFilter`. */
function filterInSubselect(statement: SelectStatement): SelectStatement {
  const limited = statement.limit !== undefined || statement.start !== undefined
  if (!limited || !statement.where) return statement
  const { where, indexes, version, orderBy, ...outer } = statement
  // what is ordered by a column that is made here, or after rows were made into others, is ordered here
  const isOrderedInside = statement.projection.kind !== 'columns' && !statement.split && !statement.groupBy
  const inner: SelectStatement = {
    kind: 'select',
    projection: { kind: 'all' },
    from: statement.from,
    where,
    ...(indexes && { indexes }),
    ...(version !== undefined && { version }),
    ...(orderBy && isOrderedInside && { orderBy }),
  }
  return { ...outer, ...(orderBy && !isOrderedInside && { orderBy }), from: { kind: 'select', select: inner } }
}
