import { LookupError } from '../../errors.js'
import { parsePlace } from '../parse-order.js'
import type { FieldExpression } from './expression-types.js'
import { openExpression } from './query-expression.js'
import { placeOf } from './typed-value.js'

/**
 * The value of a field, wherever a value can be given: in `update()` and in filters. It belongs to no model yet; the name,
 * which may be a path such as `address__city`, is looked for where it is used, and a LookupError is thrown there when it is
 * unknown. Its methods are those of the expressions in `where()`.
 *
 * @example
 * ```ts
 * import { Collection, Document, F, IntField } from 'surrealengine'
 *
 * @Collection('f_example')
 * class Product extends Document<Product>() {
 *   @IntField() stock?: number
 *   @IntField() minimum?: number
 * }
 * Product.objects.filter({ stock__lt: F('minimum') }).toSurrealQL()
 * ```
 * ```surql
 * SELECT * FROM `f_example` WHERE ((`stock` >= false) AND (`stock` < `minimum`))
 * ```
 */
export function F<const Name extends string>(name: Name): FieldExpression<Name> {
  return openExpression((scope) => {
    if (!scope.meta)
      throw new LookupError(
        'INVALID_VALUE',
        `F("${name}") cannot be named in ${scope.name}: inside the items of a list, only the item can.`,
      )
    const { value, field } = parsePlace(scope.meta, name)
    return placeOf(`${scope.meta.name}.${name}`, value, field)
  }) as FieldExpression<Name>
}
