import { ModelDefinitionError } from '../../errors.js'

/** The error of a field inside of another one, which only fields of a record itself can be. */
export function ofRecordsOnly(holder: string, what: string): ModelDefinitionError {
  return new ModelDefinitionError('INVALID_FIELD_OPTION', `${holder} holds ${what}.`)
}
