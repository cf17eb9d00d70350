import { z } from 'zod'
import { escapeIdentifier } from '../../surrealql/escape.js'
import { FileRef } from '../../values.js'
import { Field } from '../field.js'
import type { FieldDecorator } from '../field-decorator.js'
import type { FieldOptions } from '../field-options.js'
import { storedOnly } from '../stored-value.js'
import { scalarDecorator } from '../scalar-decorator.js'

/** What a file field can be told besides the options of every field. */
export interface FileFieldOptions extends FieldOptions<FileRef> {
  /** The only bucket the files may be in; default: any. */
  readonly bucket?: string
}

/** `bucket:/key`, with a backslash before whatever is no plain character. */
const FILE_TEXT = /^((?:[^\\:]|\\[^])+):(\/(?:[^\\]|\\[^])*)$/

class FileKind extends Field<FileRef> {
  readonly kind = 'file'
  declare readonly options: FileFieldOptions

  accepts(value: unknown): boolean {
    return value instanceof FileRef
  }

  protected buildSchema(): z.ZodType {
    const { bucket } = this.options
    const file = z.custom<FileRef>(
      (value) => value instanceof FileRef,
      "must be a FileRef: new FileRef('bucket', '/key')",
    )
    const stored = storedOnly(file)
    return bucket === undefined
      ? stored
      : stored.refine((value) => value.bucket === bucket, `must be a file of the bucket ${bucket}`)
  }

  databaseType(): string {
    const { bucket } = this.options
    return bucket === undefined ? 'file' : `file<${escapeIdentifier(bucket)}>`
  }

  override jsonForm(): z.ZodType {
    return z.string().regex(FILE_TEXT, 'must be a file such as bucket:/key')
  }

  override fromJson(json: unknown): FileRef {
    const [, bucket, key] = FILE_TEXT.exec(json as string)!
    return new FileRef(unescaped(bucket!), unescaped(key!))
  }
}

function unescaped(text: string): string {
  return text.replace(/\\([^])/g, '$1')
}

/**
 * A file in a bucket, as the driver's FileRef: which one, not what is in it. Stored as `file`, which servers before
 * version 3 do not have.
 *
 * @example
 * ```ts
 * import { Collection, Document, FileField, type FileRef } from 'surrealengine'
 *
 * @Collection('file_field_example')
 * class Attachment extends Document<Attachment>() {
 *   @FileField({ bucket: 'uploads' }) file?: FileRef
 * }
 * ```
 * ```surql
 * DEFINE FIELD OVERWRITE `file` ON `file_field_example` TYPE none | null | file<`uploads`>
 * ```
 */
export function FileField(options?: FileFieldOptions): FieldDecorator<FileRef> {
  return scalarDecorator(new FileKind(options))
}
