import { z } from 'zod'

/** The name of a namespace, a database or an access. */
export const databaseNameSchema = z
  .string()
  .min(1)
  .refine((value) => !value.includes('\0'), 'must not hold a zero character')
