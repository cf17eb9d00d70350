import type { ModelMeta } from '../schema/model-meta.js'
import { resolvePath } from '../schema/resolve-path.js'
import { tableModels } from '../schema/table-models.js'
import type { IndexedColumns } from '../surrealql/nodes/select-statement.js'

interface Found {
  /** How many models the table had, which may become more. */
  readonly models: number
  readonly indexed: readonly IndexedColumns[]
}

const known = new WeakMap<ModelMeta, Found>()

/** The indexes of a model's table that are over several columns. */
export function indexedColumnsOf(meta: ModelMeta): readonly IndexedColumns[] {
  const models = tableModels(meta)
  const found = known.get(meta)
  if (found?.models === models.length) return found.indexed
  const indexed = findIndexedColumns(models)
  known.set(meta, { models: models.length, indexed })
  return indexed
}

function findIndexedColumns(models: readonly ModelMeta[]): readonly IndexedColumns[] {
  return models.flatMap((model) =>
    (model.options.indexes ?? []).flatMap(({ fields = [], unique = false }) => {
      const columns = fields.map((name) => columnOf(model, name))
      if (columns.length < 2) return []
      return {
        paths: columns.map(({ path }) => path),
        isUnique: unique,
        // the records of another model of the table may lack the field
        isOfEvery: models.length === 1 && columns.every(({ isOfEvery }) => isOfEvery),
        isOfItems: columns.some(({ isOfItems }) => isOfItems),
      }
    }),
  )
}

/** A path that is told of while the model is defined, and so is there. */
function columnOf(meta: ModelMeta, name: string): { path: readonly string[]; isOfEvery: boolean; isOfItems: boolean } {
  const names = name.split('__')
  const way = names.flatMap((_, index) => resolvePath(meta, names.slice(0, index + 1).join('__')) ?? [])
  return {
    path: way.at(-1)?.path ?? [],
    isOfEvery: way.every(({ field }) => field.options.required === true),
    isOfItems: way.some(({ field }) => /\b(any|array|set)\b/.test(field.databaseType())),
  }
}
