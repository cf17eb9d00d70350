import { count, exists, loadAll, loadFirst, loadLast, loadOnly, loadOnlyOrNull } from '../../persistence/load.js'
import { CacheBuilder } from './cache-builder.js'

/** What asks the database for the records. */
export abstract class RowReader<Model, Row> extends CacheBuilder<Model, Row> implements PromiseLike<Row[]> {
  /** The documents. */
  async all(): Promise<Row[]> {
    return await this.read(loadAll(this.query))
  }

  /** {@link all}, blocking. */
  allSync(): Row[] {
    return this.readSync(loadAll(this.query))
  }

  /** The first document; null when there is none. */
  async first(): Promise<Row | null> {
    return await this.read(loadFirst(this.query))
  }

  /** {@link first}, blocking. */
  firstSync(): Row | null {
    return this.readSync(loadFirst(this.query))
  }

  /** The last document of the order, of that of the ids when there is none; null when there is no document. */
  async last(): Promise<Row | null> {
    return await this.read(loadLast(this.query))
  }

  /** {@link last}, blocking. */
  lastSync(): Row | null {
    return this.readSync(loadLast(this.query))
  }

  /** The only document; none is a DoesNotExistError, several are a MultipleObjectsReturnedError. */
  async get(): Promise<Row> {
    return await this.read(loadOnly(this.query))
  }

  /** {@link get}, blocking. */
  getSync(): Row {
    return this.readSync(loadOnly(this.query))
  }

  /** The only document; null when there is none, a MultipleObjectsReturnedError when there are several. */
  async getOrNull(): Promise<Row | null> {
    return await this.read(loadOnlyOrNull(this.query))
  }

  /** {@link getOrNull}, blocking. */
  getOrNullSync(): Row | null {
    return this.readSync(loadOnlyOrNull(this.query))
  }

  /** How many records there are; 0 for a table that does not exist. */
  async count(): Promise<number> {
    return await this.read(count(this.query))
  }

  /** {@link count}, blocking. */
  countSync(): number {
    return this.readSync(count(this.query))
  }

  /** Whether there is any record. */
  async exists(): Promise<boolean> {
    return await this.read(exists(this.query))
  }

  /** {@link exists}, blocking. */
  existsSync(): boolean {
    return this.readSync(exists(this.query))
  }

  then<Value = Row[], Failure = never>(
    fulfilled?: ((rows: Row[]) => Value | PromiseLike<Value>) | null,
    rejected?: ((reason: unknown) => Failure | PromiseLike<Failure>) | null,
  ): Promise<Value | Failure> {
    return this.all().then(fulfilled, rejected)
  }
}
