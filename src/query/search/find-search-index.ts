import { defineIndexes } from '../../schema/define-indexes.js'
import type { ModelMeta } from '../../schema/model-meta.js'
import type { DefineIndexStatement, IndexKind } from '../../surrealql/nodes/define-statement.js'
import type { Path } from '../../surrealql/nodes/select-statement.js'

/** An index of one kind. */
export type IndexOf<Kind extends IndexKind['kind']> = DefineIndexStatement & {
  readonly index: Extract<IndexKind, { readonly kind: Kind }>
}

/** The index of a model that is of one of these kinds, and of this path alone. */
export function findSearchIndex<Kind extends IndexKind['kind']>(
  meta: ModelMeta,
  path: Path,
  kinds: readonly Kind[],
): IndexOf<Kind> | undefined {
  const isOfKind = (statement: DefineIndexStatement): statement is IndexOf<Kind> =>
    (kinds as readonly string[]).includes(statement.index.kind)
  return defineIndexes(meta, true)
    .filter(isOfKind)
    .find(({ fields: [first, ...others] }) => others.length === 0 && first !== undefined && isSame(first, path))
}

function isSame(left: readonly unknown[], right: readonly unknown[]): boolean {
  return left.length === right.length && left.every((step, index) => step === right[index])
}
