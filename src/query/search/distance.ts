import { LookupError } from '../../errors.js'
import { pointOperand } from '../../fields/geometry/geometry-lookups.js'
import { REFUSED } from '../../fields/lookups/operands.js'
import type { ModelMeta } from '../../schema/model-meta.js'
import { bound, call } from '../../surrealql/nodes/expression.js'
import { parsePlace } from '../parse-order.js'
import { DISTANCE } from './nearest.js'
import type { SearchPart } from './search.js'

/** The records with a point, and how far it is from another one; `-` in front for those that are far away first. */
export function distanceSearch(meta: ModelMeta, term: string, given: unknown): SearchPart {
  const isDescending = term.startsWith('-')
  const name = isDescending ? term.slice(1) : term
  const { value, field } = parsePlace(meta, name)
  if (!Object.hasOwn(field.lookups, 'distancelt'))
    throw new LookupError('INVALID_VALUE', `${meta.name}.${name} holds no points, and only points have a distance.`)
  const point = pointOperand.read(given, field)
  if (point === REFUSED)
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}.${name}: orderByDistance() takes ${pointOperand.wanted(field)}.`,
    )
  return {
    condition: () => call('type::is_point', value),
    columns: [{ value: call('geo::distance', value, bound(point)), alias: DISTANCE.column }],
    found: [DISTANCE],
    order: { path: [DISTANCE.column], direction: isDescending ? 'DESC' : 'ASC' },
  }
}
