import { z } from 'zod'
import { ModelDefinitionError } from '../../errors.js'
import type { FieldDecorator } from '../field-decorator.js'
import { scalarDecorator } from '../scalar-decorator.js'
import { StringKind, type StringFieldOptions } from './string-field.js'

/** What an IP address field can be told besides the options of a string field. */
export interface IPAddressFieldOptions extends StringFieldOptions {
  /** The only version allowed; default: both. */
  readonly version?: 4 | 6
}

class IPAddressKind extends StringKind {
  override readonly kind = 'IP address'
  declare readonly options: IPAddressFieldOptions

  constructor(options: IPAddressFieldOptions = {}) {
    if (![undefined, 4, 6].includes(options.version))
      throw new ModelDefinitionError('INVALID_FIELD_OPTION', 'version is 4 or 6; leave it out for both.')
    super(options)
  }

  protected override form(): z.ZodString {
    const { version } = this.options
    const message = `must be an IP address${version ? ` of version ${version}` : ''}`
    return z.string().refine((text) => isAddress(text, version), message)
  }
}

const versions = { 4: z.ipv4(), 6: z.ipv6() }

function isAddress(text: string, version: 4 | 6 | undefined): boolean {
  const allowed = version ? [versions[version]] : [versions[4], versions[6]]
  return allowed.some((schema) => schema.safeParse(text).success)
}

/**
 * An IP address of version 4 or 6, as text; stored as `string`, the way it is written.
 *
 * @example
 * ```ts
 * import { Collection, Document, IPAddressField } from 'surrealengine'
 *
 * @Collection('ip_address_field_example')
 * class Visit extends Document<Visit>() {
 *   @IPAddressField({ version: 6 }) from?: string
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `from` ON `ip_address_field_example` TYPE none | null | string
 * ```
 */
export function IPAddressField(options?: IPAddressFieldOptions): FieldDecorator<string> {
  return scalarDecorator(new IPAddressKind(options))
}
