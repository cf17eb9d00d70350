import { z } from 'zod'
import type { FieldDecorator } from '../field-decorator.js'
import { scalarDecorator } from '../scalar-decorator.js'
import { StringKind, type StringFieldOptions } from './string-field.js'

/** What a slug field can be told besides the options of a string field. */
export interface SlugFieldOptions extends StringFieldOptions {
  /** Letters and digits of every script; default: those of ASCII. */
  readonly allowUnicode?: boolean
}

class SlugKind extends StringKind {
  override readonly kind = 'slug'
  declare readonly options: SlugFieldOptions

  protected override form(): z.ZodString {
    return this.options.allowUnicode
      ? z.string().regex(/^[\p{L}\p{M}\p{N}_-]+$/u, 'must be of letters, digits, hyphens and underscores')
      : z.string().regex(/^[a-zA-Z0-9_-]+$/, 'must be of ASCII letters, digits, hyphens and underscores')
  }
}

/**
 * A short name for addresses, of letters, digits, hyphens and underscores; stored as `string`.
 *
 * @example
 * ```ts
 * import { Collection, Document, SlugField } from 'surrealengine'
 *
 * @Collection('slug_field_example')
 * class Article extends Document<Article>() {
 *   @SlugField({ required: true, unique: true, maxLength: 50 }) slug!: string
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `slug` ON `slug_field_example` TYPE string
 * ```
 */
export function SlugField(options?: SlugFieldOptions): FieldDecorator<string> {
  return scalarDecorator(new SlugKind(options))
}
