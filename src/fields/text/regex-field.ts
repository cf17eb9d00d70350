import { z } from 'zod'
import { Field } from '../field.js'
import type { FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { patternText, toPattern } from './pattern-text.js'
import { scalarDecorator } from '../scalar-decorator.js'

class RegexKind extends Field<RegExp> {
  readonly kind = 'regular expression'

  accepts(value: unknown): boolean {
    return value instanceof RegExp
  }

  protected buildSchema(): z.ZodType {
    return z.instanceof(RegExp, { message: 'must be a regular expression' })
  }

  databaseType(): string {
    return 'string'
  }

  override jsonForm(): z.ZodType {
    return z.string().refine((text) => toPattern(text) !== undefined, 'must be a regular expression, as text')
  }

  override fromJson(json: unknown): RegExp {
    return toPattern(json as string)!
  }

  protected override valueToDatabase(value: RegExp): unknown {
    return this.accepts(value) ? patternText(value) : value
  }

  /** Text that JavaScript cannot read as a pattern stays text, and can be seen and replaced. */
  protected override valueFromDatabase(stored: unknown): RegExp {
    return ((typeof stored === 'string' ? toPattern(stored) : undefined) ?? stored) as RegExp
  }
}

/**
 * A regular expression. The database has them too, but cannot give one back; so it is stored as `string`, in the way the
 * database's own functions take it: `/^a/i` as `(?i)^a`, which `string::matches($text, pattern)` understands.
 *
 * @example
 * ```ts
 * import { Collection, Document, RegexField } from 'surrealengine'
 *
 * @Collection('regex_field_example')
 * class Rule extends Document<Rule>() {
 *   @RegexField({ required: true }) pattern!: RegExp
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `pattern` ON `regex_field_example` TYPE string
 * ```
 */
export function RegexField(options?: FieldOptions<RegExp>): FieldDecorator<RegExp> {
  return scalarDecorator(new RegexKind(options))
}
