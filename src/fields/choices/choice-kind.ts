import { z } from 'zod'
import { Field } from '../field.js'
import type { FieldOptions } from '../field-options.js'
import { checkLiterals, type LiteralValue } from './literal-type.js'
import type { TransformTable } from '../lookups/filter-step.js'
import { textTransforms } from '../lookups/transforms.js'
import { equalityLookups, orderLookups, stringLookups, type LookupTable } from '../lookups/lookups.js'

/** One of some values that are named in the definition. */
export abstract class ChoiceKind extends Field<LiteralValue> {
  protected readonly types: ReadonlySet<string>

  constructor(
    readonly choices: readonly LiteralValue[],
    where: string,
    options: FieldOptions<LiteralValue> = {},
  ) {
    super(options)
    checkLiterals(choices, where)
    this.types = new Set(choices.map((choice) => typeof choice))
  }

  accepts(value: unknown): boolean {
    return this.types.has(typeof value)
  }

  protected buildSchema(): z.ZodType {
    const shown = this.choices.map((choice) => JSON.stringify(choice)).join(', ')
    return z.literal([...this.choices], `must be one of ${shown}`)
  }

  /** `'1'` as 1, where 1 is a choice. */
  protected override coerceValue(value: unknown): unknown {
    if (!['string', 'number', 'bigint', 'boolean'].includes(typeof value)) return value
    const text = typeof value === 'string' ? value.trim() : String(value)
    return this.choices.find((choice) => String(choice) === text) ?? value
  }

  override get transforms(): TransformTable<Field> {
    return this.types.size === 1 && this.types.has('string') ? textTransforms : {}
  }

  /** Those that all the choices have, as the compiler sees it. */
  override get lookups(): LookupTable {
    if (this.types.size > 1) return equalityLookups
    return this.types.has('string') ? stringLookups : this.types.has('number') ? orderLookups : equalityLookups
  }
}
