import { LookupError, TransactionError, UniqueViolationError, ValidationError } from '../errors.js'
import { Condition } from '../query/condition.js'
import { parseCondition } from '../query/parse-condition.js'
import { unknownField } from '../query/parse-filter.js'
import { withConditions, type Query } from '../query/query.js'
import type { ModelMeta } from '../schema/model-meta.js'
import { isPlainObject } from '../values.js'
import { fieldValues, type StatefulDocument } from './document-state.js'
import { loadOnlyOrNull } from './load.js'
import type { Operation } from './operation.js'
import { save } from './save.js'

/** A document, and whether it was made just now. */
export interface FoundOrCreated {
  readonly document: StatefulDocument
  readonly created: boolean
}

/** What to look for, and what to make where it is not there. */
export interface Sought {
  readonly query: Query
  readonly filter: unknown
  /** Makes a new document. */
  readonly make: (fields: object) => StatefulDocument
}

/** The document that a filter finds, or a new one with the values of the filter and the defaults. */
export function* getOrCreate({ query, filter, make }: Sought, defaults: object = {}): Operation<FoundOrCreated> {
  const { meta } = query
  const equal = equalities(meta, filter)
  const condition = parseCondition(meta, filter)
  const wanted = condition ? withConditions(query, [condition]) : query
  const found = yield* loadOnlyOrNull(wanted)
  if (found) return { document: found as StatefulDocument, created: false }
  const document = make({ ...equal, ...defaults })
  try {
    yield* save(meta, document)
    return { document, created: true }
  } catch (error) {
    if (!(error instanceof UniqueViolationError)) throw error
    // somebody else may have made it in between
    const others = yield* askAgain(wanted)
    if (!others) throw error
    return { document: others as StatefulDocument, created: false }
  }
}

/** Fields for a document that is there, and for one that is made. */
export interface UpdateOrCreateFields {
  readonly update?: object
  readonly create?: object
}

/** The document that a filter finds with fields set, or a new one with the values of the filter and the fields. */
export function* updateOrCreate(
  sought: Sought,
  { update = {}, create = {} }: UpdateOrCreateFields = {},
): Operation<FoundOrCreated> {
  const { meta } = sought.query
  for (const name of Object.keys(update)) {
    const binding = meta.binding(name)
    if (!binding || binding === meta.id) throw unknownField(meta, name)
    if (binding.field.isComputed) {
      const message = 'is computed by the database and cannot be given'
      throw new ValidationError(meta.name, [{ path: [name], code: 'computed', message }])
    }
  }
  const result = yield* getOrCreate(sought, { ...update, ...create })
  if (result.created) return result
  Object.assign(fieldValues(result.document), update)
  yield* save(meta, result.document)
  return result
}

/** The terms of a filter as fields of a new document: what is no equality says nothing of those. */
function equalities(meta: ModelMeta, filter: unknown): Readonly<Record<string, unknown>> {
  if (filter instanceof Condition || !isPlainObject(filter) || Object.keys(filter).length === 0) {
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}: getOrCreate() and updateOrCreate() take fields and their values, such as { email: 'ann@example.com' }.`,
    )
  }
  const fields = Object.entries(filter).map(([key, value]): [string, unknown] => {
    const name = key.replace(/__exact$/, '')
    const binding = meta.binding(name)
    if (!binding && !meta.binding(key.split('__')[0]!)) throw unknownField(meta, key)
    if (binding) return [name, value]
    throw new LookupError(
      'INVALID_VALUE',
      `${meta.name}.${key} cannot say what a new document holds; getOrCreate() and updateOrCreate() take fields alone. Give it to filter() before.`,
    )
  })
  return Object.fromEntries(fields)
}

/** After a refusal nothing can be asked in a transaction any more: null then. */
function* askAgain(query: Query): Operation<unknown> {
  try {
    return yield* loadOnlyOrNull(query)
  } catch (error) {
    if (error instanceof TransactionError) return null
    throw error
  }
}
