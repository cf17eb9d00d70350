/** Whether two types are the very same one; `any` is the same only as `any`. */
export type Same<Left, Right> =
  (<Type>() => Type extends Left ? 1 : 2) extends <Type>() => Type extends Right ? 1 : 2 ? true : false

/** Whether a type is `any`, which would let everything through. */
export type IsAny<Type> = 0 extends 1 & Type ? true : false

/** Compiles only for the type `true`. */
export function holds<_Claim extends true>(): void {}
