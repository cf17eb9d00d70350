import { DatabaseError } from '../errors.js'
import { isPlainObject } from '../values.js'
import type { Query } from './query.js'

/** One step of a plan, as the engine names it. */
export interface PlanStep {
  /** `IndexScan`, `TableScan`, `Limit`; before version 3, `Iterate Index`, `Iterate Table`. */
  readonly operator: string
  readonly attributes: Readonly<Record<string, unknown>>
  /** What was measured, where the plan was carried out. */
  readonly metrics?: Readonly<Record<string, unknown>>
  /** The steps that this one takes its records from. */
  readonly children: readonly PlanStep[]
}

/** How the engine finds the records of a query. */
export interface QueryPlan {
  /** One that has others inside of it; before version 3, several that have none. */
  readonly steps: readonly PlanStep[]
  /** The names of the indexes in use. */
  readonly indexes: readonly string[]
}

/** What the engine says of its plan, in the form of any version. */
export function parsePlan(query: Query, answer: unknown): QueryPlan {
  const plan: readonly unknown[] = [answer].flat()
  return { steps: plan.map((step) => planStep(query, step)), indexes: [...new Set(indexesIn(plan))] }
}

function planStep(query: Query, step: unknown): PlanStep {
  if (!isPlainObject(step)) throw unexpected(query)
  const { operator = step['operation'], attributes = step['detail'], metrics, children = [] } = step
  if (typeof operator !== 'string' || !Array.isArray(children)) throw unexpected(query)
  return {
    operator,
    attributes: isPlainObject(attributes) ? attributes : {},
    ...(isPlainObject(metrics) && { metrics }),
    children: children.map((child) => planStep(query, child)),
  }
}

/** An index is named among the attributes of a step, or before version 3, in the plan that is one of its details. */
function indexesIn(node: unknown): readonly string[] {
  if (Array.isArray(node)) return node.flatMap(indexesIn)
  if (!isPlainObject(node)) return []
  const named = [node['attributes'], node['plan']].flatMap((place) =>
    isPlainObject(place) && typeof place['index'] === 'string' ? [place['index']] : [],
  )
  return [...named, ...Object.values(node).flatMap(indexesIn)]
}

function unexpected({ meta }: Query): DatabaseError {
  return new DatabaseError(
    'UNEXPECTED_RESPONSE',
    `${meta.name}: the database explained the query with something unknown.`,
  )
}
