import { queryOf } from '../query/query.js'
import { StatefulDocument } from '../persistence/document-state.js'
import { NotSavedError } from '../errors.js'
import { modelMetaOf } from '../schema/model-registry.js'
import type { EdgeDirection } from '../surrealql/nodes/select-statement.js'
import type { RecordId } from '../values.js'
import { DocumentBase } from './document-base.js'
import type { OperationOptions } from './document-types.js'
import { QuerySet } from './querysets/query-set.js'
import type { EdgeFields, EdgeOf, RelationModel } from './relation-types.js'

/** What `relate` can be told besides what it connects. */
type RelateArguments<Edge extends RelationModel> = [fields?: EdgeFields<EdgeOf<Edge>>, options?: OperationOptions]

/** A document that edges can begin and end at: the base of every model that is no relation itself. */
export class NodeDocument extends DocumentBase {
  /**
   * Makes an edge from this document to another one, and saves it. Both have to be saved. Without a connection
   * among the options, the edge is saved over that of its own model.
   *
   * @example
   * ```ts
   * import { Collection, createConnection, DateTimeField, Document, RelationDocument } from 'surrealengine'
   *
   * @Collection('relate_person')
   * class Person extends Document<Person>() {}
   * @Collection('relate_company')
   * class Company extends Document<Company>() {}
   * @Collection('relate_example', { in: () => Person, out: () => Company })
   * class WorksAt extends RelationDocument<WorksAt, Person, Company>() {
   *   @DateTimeField() since?: Date
   * }
   * const connection = await createConnection({ url: 'mem://', namespace: 'app', database: 'main' }).connect()
   * const [ann, acme] = [await Person.create({ id: 'ann' }), await Company.create({ id: 'acme' })]
   * await ann.relate(WorksAt, acme, { since: new Date() })
   * const jobs = await ann.out(WorksAt).filter({ since__isnull: false })
   * await connection.close()
   * ```
   * ```surql
   * INSERT RELATION INTO `relate_example` $p0
   * SELECT * FROM $p0->`relate_example` WHERE ((`since` ?? NONE) != NONE)
   * ```
   */
  async relate<Edge extends RelationModel>(
    edge: Edge,
    target: EdgeOf<Edge>['out'],
    ...[fields, options]: RelateArguments<Edge>
  ): Promise<EdgeOf<Edge>> {
    return await this.#edge(edge, target, fields).save(options)
  }

  /** {@link relate}, blocking. */
  relateSync<Edge extends RelationModel>(
    edge: Edge,
    target: EdgeOf<Edge>['out'],
    ...[fields, options]: RelateArguments<Edge>
  ): EdgeOf<Edge> {
    return this.#edge(edge, target, fields).saveSync(options)
  }

  /** The edges that begin at this document, as a queryset: `ann.out(WorksAt)` is `ann->works_at`. */
  out<Edge extends RelationModel>(edge: Edge): QuerySet<EdgeOf<Edge>> {
    return this.#edges(edge, 'out')
  }

  /** The edges that end at this document, as a queryset: `acme.in(WorksAt)` is `acme<-works_at`. */
  in<Edge extends RelationModel>(edge: Edge): QuerySet<EdgeOf<Edge>> {
    return this.#edges(edge, 'in')
  }

  /** The edges that begin or end at this document, as a queryset: `ann.both(Knows)` is `ann<->knows`. */
  both<Edge extends RelationModel>(edge: Edge): QuerySet<EdgeOf<Edge>> {
    return this.#edges(edge, 'both')
  }

  #edge<Edge extends RelationModel>(edge: Edge, target: unknown, fields: object | undefined): EdgeOf<Edge> {
    const make = edge as unknown as new (fields: object) => EdgeOf<Edge>
    this.#recordId()
    return new make({ ...fields, in: this, out: target })
  }

  #edges<Edge extends RelationModel>(edge: Edge, direction: EdgeDirection): QuerySet<EdgeOf<Edge>> {
    const meta = modelMetaOf(edge)
    const from = { kind: 'edges', record: this.#recordId(), direction, table: meta.table } as const
    return new QuerySet({ query: { ...queryOf(meta), from }, choice: undefined })
  }

  #recordId(): RecordId {
    const { id, stored } = StatefulDocument.stateOf(this)
    if (id && stored) return id
    const { name } = modelMetaOf(this.constructor)
    throw new NotSavedError('NOT_SAVED', `This ${name} was never saved; edges begin and end at records. Save it first.`)
  }
}
