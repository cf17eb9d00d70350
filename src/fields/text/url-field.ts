import { z } from 'zod'
import { ModelDefinitionError } from '../../errors.js'
import type { FieldDecorator } from '../field-decorator.js'
import { scalarDecorator } from '../scalar-decorator.js'
import { StringKind, type StringFieldOptions } from './string-field.js'

/** What a URL field can be told besides the options of a string field. */
export interface URLFieldOptions extends StringFieldOptions {
  /** The schemes allowed, in lower case. Default: `['http', 'https']`. */
  readonly schemes?: readonly string[]
}

const SCHEME = /^[a-z][a-z0-9+.-]*$/

class UrlKind extends StringKind {
  override readonly kind = 'URL'
  declare readonly options: URLFieldOptions

  constructor(options: URLFieldOptions = {}) {
    const { schemes } = options
    if (schemes && !(schemes.length > 0 && schemes.every((scheme) => SCHEME.test(scheme)))) {
      const message = "schemes are names in lower case, without a colon: ['https']."
      throw new ModelDefinitionError('INVALID_FIELD_OPTION', message)
    }
    super(options)
  }

  protected override form(): z.ZodString {
    const { schemes = ['http', 'https'] } = this.options
    const message = `must be a whole URL that begins with ${schemes.map((scheme) => `${scheme}://`).join(' or ')}`
    return z.string().refine((text) => isUrl(text, schemes), message)
  }
}

/** `URL` itself takes off what stands around a URL, and does without slashes. */
function isUrl(text: string, schemes: readonly string[]): boolean {
  const end = text.indexOf('://')
  return end > 0 && schemes.includes(text.slice(0, end).toLowerCase()) && !/[\s\\]/.test(text) && URL.canParse(text)
}

/**
 * A whole URL, as text; stored as `string`, the way it is written.
 *
 * @example
 * ```ts
 * import { Collection, Document, URLField } from 'surrealengine'
 *
 * @Collection('url_field_example')
 * class Page extends Document<Page>() {
 *   @URLField({ required: true, schemes: ['https'] }) address!: string
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `address` ON `url_field_example` TYPE string
 * ```
 */
export function URLField(options?: URLFieldOptions): FieldDecorator<string> {
  return scalarDecorator(new UrlKind(options))
}
