import { buildSelect } from '../query/build-statements.js'
import type { Query } from '../query/query.js'
import { parsePlan, type QueryPlan } from '../query/query-plan.js'
import type { Operation } from './operation.js'
import { selectOr } from './select-or.js'

/** How the engine would find the records of a query; `full` carries it out and measures. */
export function* explain(query: Query, full = false): Operation<QueryPlan> {
  return parsePlan(query, yield* selectOr({ ...buildSelect(query), explain: full ? 'full' : 'plan' }, []))
}
