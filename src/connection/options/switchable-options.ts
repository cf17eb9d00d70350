import { z } from 'zod'

/** Something that is on or off, and has options of its own: `true` is on with the defaults, `false` is off. */
export function switchableOptions<Output>(options: z.ZodType<Output>, whenNotGiven: boolean) {
  return z
    .unknown()
    .transform((given) => (given === true ? {} : given === false ? undefined : given))
    .pipe(options.optional())
    .prefault(whenNotGiven)
}

/** What is said of something that is neither on, nor off, nor options. */
export function switchError({ code }: z.core.$ZodRawIssue): string | undefined {
  return code === 'invalid_type' ? 'must be true, false, or an object of options' : undefined
}

/** For checks that compare two options: zod leaves them out when another option is wrong, and all are to be named. */
export function areNumbers(...names: readonly string[]): (payload: { readonly value: unknown }) => boolean {
  return ({ value }) =>
    names.every((name) => typeof (value as Record<string, unknown> | undefined)?.[name] === 'number')
}
