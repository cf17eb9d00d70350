import { escapeIdentifier, escapePath } from '../escape.js'
import type { EdgeDirection, Projection, SelectStatement, Target } from '../nodes/select-statement.js'
import type { SurrealqlWriter } from './surrealql-writer.js'
import { writeExpression } from './write-expression.js'

/** Writes a SELECT. */
export function writeSelect(writer: SurrealqlWriter, statement: SelectStatement): void {
  const select = writer.dialect.limitBeforeFilter ? filterInSubselect(statement) : statement
  writer.write('SELECT ')
  writeProjection(writer, select.projection)
  writer.write(select.only ? ' FROM ONLY ' : ' FROM ')
  writeTarget(writer, select.from)
  if (select.withoutIndexes && select.from.kind === 'table') writer.write(' WITH NOINDEX')
  if (select.where) {
    writer.write(' WHERE ')
    writeExpression(writer, select.where)
  }
  if (select.projection.kind === 'count') writer.write(' GROUP ALL')
  if (select.orderBy?.length) {
    const terms = select.orderBy.map(({ path, direction }) => `${escapePath(path)} ${direction}`)
    writer.write(` ORDER BY ${terms.join(', ')}`)
  }
  if (select.limit !== undefined) writer.write(' LIMIT ').bind(select.limit)
  if (select.start !== undefined) writer.write(' START ').bind(select.start)
}

/** Writes what a statement writes to: see `Dialect.losesIds`. */
export function writeWriteTarget(writer: SurrealqlWriter, target: Target): void {
  writeTarget(writer, writer.dialect.losesIds ? withoutIndexes(target) : target)
}

function withoutIndexes(target: Target): Target {
  if (target.kind !== 'select') return target
  return {
    kind: 'select',
    select: { ...target.select, from: withoutIndexes(target.select.from), withoutIndexes: true },
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

/** See `Dialect.limitBeforeFilter`. */
function filterInSubselect(statement: SelectStatement): SelectStatement {
  const limited = statement.limit !== undefined || statement.start !== undefined
  if (!limited || !statement.where) return statement
  const { where, orderBy, withoutIndexes = false, ...outer } = statement
  const inner: SelectStatement = {
    kind: 'select',
    projection: { kind: 'all' },
    from: statement.from,
    withoutIndexes,
    where,
    ...(orderBy && { orderBy }),
  }
  return { ...outer, from: { kind: 'select', select: inner } }
}
