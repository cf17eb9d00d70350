import { run, runSync, type Work } from '../both-modes.js'
import { LiveSession } from '../live/live-session.js'
import type { ExportOptions, ImportOptions } from './export-options.js'
import { ExportSource } from './export-source.js'
import type { ImportInput, ImportSyncInput } from './import-input.js'
import { importWork } from './import-work.js'
import type { TransferParts } from './transfer-source.js'

/** What carries a whole database out, or in, each in both modes. A server is asked over http, whatever carries the calls. */
export abstract class DataTransfer extends LiveSession {
  /** @internal Throws where nothing can be carried. */
  protected abstract transfer(): TransferParts

  /**
   * The database as SurrealQL: definitions, then records. Options name what is in it; the default is everything.
   *
   * Whoever may not see the whole database gets a PermissionDeniedError. A server that goes away in the middle is a
   * ConnectionError, never half a text.
   *
   * @example
   * ```ts
   * const text = await connection.export({ users: false, tables: ['person', 'company'] })
   * ```
   * ```surql
   * OPTION IMPORT; DEFINE TABLE person …; INSERT [ … ]
   * ```
   */
  async export(options?: ExportOptions): Promise<string> {
    return await run(this.#source(options).rest())
  }

  /** {@link export}, blocking. */
  exportSync(options?: ExportOptions): string {
    return runSync(this.#source(options).rest())
  }

  /**
   * {@link export} in pieces of text, each asked for when it is wanted, so that a large database never is in memory. (An
   * embedded engine makes the whole text at once: it is in memory then, and the pieces are cut from it.)
   *
   * @example
   * ```ts
   * import { createWriteStream } from 'node:fs'
   * import { pipeline } from 'node:stream/promises'
   * import { ConnectionRegistry } from 'surrealengine'
   * const connection = ConnectionRegistry.getDefault()
   * await pipeline(connection.exportStream(), createWriteStream('backup.surql'))
   * ```
   */
  exportStream(options?: ExportOptions): AsyncGenerator<string, void, undefined> {
    return pieces(this.#source(options))
  }

  /** {@link exportStream}, blocking. */
  exportStreamSync(options?: ExportOptions): Generator<string, void, undefined> {
    return piecesSync(this.#source(options))
  }

  /**
   * Carries out the SurrealQL of an export; text, or an iterable or stream of its pieces. Events do not fire, and values
   * are not checked against the fields.
   *
   * It is no transaction: statements that fail are an IMPORT_FAILED at the end, and the others stay. Text that is no
   * SurrealQL is INVALID_QUERY, and a server has carried out what stands before it; one that goes away in the middle is an
   * OutcomeUnknownError.
   *
   * @example
   * ```ts
   * import { createReadStream } from 'node:fs'
   * import { ConnectionRegistry } from 'surrealengine'
   * const connection = ConnectionRegistry.getDefault()
   * await connection.import(createReadStream('backup.surql'))
   * ```
   */
  async import(input: ImportInput, options?: ImportOptions): Promise<void> {
    await run(this.#import(input, options))
  }

  /** {@link import}, blocking; something asynchronous is an AsyncInSyncError. */
  importSync(input: ImportSyncInput, options?: ImportOptions): void {
    runSync(this.#import(input, options))
  }

  #source(options: ExportOptions | undefined): ExportSource {
    return new ExportSource(this.transfer(), options)
  }

  *#import(input: ImportInput, options: ImportOptions | undefined): Work<void> {
    yield* importWork(this.transfer(), input, options)
  }
}

async function* pieces(source: ExportSource): AsyncGenerator<string, void, undefined> {
  try {
    for (let piece = await run(source.next()); piece !== undefined; piece = await run(source.next())) yield piece
  } finally {
    await run(source.drop())
  }
}

function* piecesSync(source: ExportSource): Generator<string, void, undefined> {
  try {
    for (let piece = runSync(source.next()); piece !== undefined; piece = runSync(source.next())) yield piece
  } finally {
    runSync(source.drop())
  }
}
