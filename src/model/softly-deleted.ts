import type { OperationOptions } from './document-types.js'

/** What `SoftDelete` adds to a document. */
export interface SoftlyDeleted {
  /** When the record was marked as deleted; undefined while it is not. */
  deletedAt?: Date | null | undefined
  /** Takes the mark of a deleted record from it. */
  restore(options?: OperationOptions): Promise<this>
  /** {@link restore}, blocking. */
  restoreSync(options?: OperationOptions): this
  /** Deletes the record for good. */
  hardDelete(options?: OperationOptions): Promise<void>
  /** {@link hardDelete}, blocking. */
  hardDeleteSync(options?: OperationOptions): void
}
