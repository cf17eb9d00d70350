import { declareFields } from '../fields/field-decorator.js'
import { IntField } from '../fields/numbers/number-fields.js'
import { declareRoles } from '../schema/roles.js'
import type { DocumentBase } from './document-base.js'
import { extended } from './extended.js'
import type { ModelClass } from './model-class.js'

/** The field of {@link Versioned}. */
export interface WithVersion {
  /** 1 when first saved, one more with each write. */
  readonly version: number
}

/**
 * Adds `version`, which every write counts up. `save()` and `delete()` ask the database for the version that was loaded:
 * when somebody else wrote the record since, nothing is written and a StaleDocumentError is thrown.
 *
 * @example
 * ```ts
 * import { Collection, createConnection, Document, IntField, Versioned } from 'surrealengine'
 *
 * @Collection('versioned_example')
 * class Account extends Versioned(Document<Account>()) {
 *   @IntField() balance?: number
 * }
 * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
 * const account = await Account.create({ balance: 1 })
 * await account.update({ balance: 2 })
 * await connection.close()
 * ```
 * ```surql
 * CREATE ONLY $p0 CONTENT $p1
 * UPDATE ONLY $p0 SET `balance` = $p1, `version` = $p2 WHERE (`version` = $p3)
 * ```
 */
export function Versioned<Model, Base extends DocumentBase>(
  base: ModelClass<Model, Base>,
): ModelClass<Model, Base & WithVersion> {
  const mixed = extended(base)
  declareFields(mixed, { version: IntField().field })
  declareRoles(mixed, { version: 'version' })
  return mixed as unknown as ModelClass<Model, Base & WithVersion>
}
