/** A duration as the database writes it: `1h30m`. */
export const DURATION_TEXT = /^(\d+(ns|us|µs|μs|ms|s|m|h|d|w|y))+$/
