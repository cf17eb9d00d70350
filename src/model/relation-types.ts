import type { FieldName } from '../query/lookup-types.js'
import type { RelationBase } from './relation-document.js'

/** The class of a relation: `class WorksAt extends RelationDocument<WorksAt>()`. */
export type RelationModel = (abstract new (...values: never[]) => RelationBase) & { readonly prototype: RelationBase }

/** The document of one edge. */
export type EdgeOf<Edge extends RelationModel> = Edge['prototype']

/** The fields of an edge besides what it connects. */
export type EdgeFields<Edge> = {
  readonly [Name in Exclude<FieldName<Edge>, 'id' | 'in' | 'out'>]?: Edge[Name] | null | undefined
}
