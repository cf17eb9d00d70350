import { z } from 'zod'
import type { FieldDecorator } from '../field-decorator.js'
import { scalarDecorator } from '../scalar-decorator.js'
import { StringKind, type StringFieldOptions } from './string-field.js'

class EmailKind extends StringKind {
  override readonly kind = 'email address'

  protected override form(): z.ZodString {
    return z.string().regex(z.regexes.email, 'must be an email address')
  }
}

/**
 * An email address; stored as `string`. Two spellings of one address, such as upper and lower case, are two values.
 *
 * @example
 * ```ts
 * import { Collection, Document, EmailField } from 'surrealengine'
 *
 * @Collection('email_field_example')
 * class Person extends Document<Person>() {
 *   @EmailField({ unique: true }) email?: string
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `email` ON `email_field_example` TYPE none | null | string
 * ```
 */
export function EmailField(options?: StringFieldOptions): FieldDecorator<string> {
  return scalarDecorator(new EmailKind(options))
}
