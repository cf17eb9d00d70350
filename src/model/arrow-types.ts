/* eslint-disable @typescript-eslint/ban-ts-comment, @typescript-eslint/consistent-type-imports -- an optional package: without it, and with a compiler that checks declarations, these are any */

/**
 * A `Table` of the package `apache-arrow`.
 * @ts-ignore */
export type ArrowTable = import('apache-arrow').Table

/**
 * A `RecordBatch` of the package `apache-arrow`.
 * @ts-ignore */
export type ArrowBatch = import('apache-arrow').RecordBatch

/**
 * The package `apache-arrow`.
 * @ts-ignore */
export type ArrowModule = typeof import('apache-arrow')
