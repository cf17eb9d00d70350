import { z } from 'zod'
import type { ModelMeta } from '../schema/model-meta.js'
import { jsonFormSchema } from './model-schema.js'
import type { SchemaVariant } from './model-schema-types.js'

/** A JSON Schema, draft 2020-12. */
export type JsonSchema = z.core.JSONSchema.JSONSchema

/** The JSON Schema of a model's JSON form. What JSON Schema has no words for may be anything there. */
export function jsonSchemaOf(meta: ModelMeta, variant: SchemaVariant): JsonSchema {
  const schema = z.toJSONSchema(jsonFormSchema(meta, variant), { io: 'input', unrepresentable: 'any' })
  return { ...schema, title: meta.name }
}
