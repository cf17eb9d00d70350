/**
 * What the caller's thread and the host thread say to each other. Copies of this package of different versions may share
 * one host thread: whoever changes a message gives `HOST_KEY` a new number.
 */
import type { MessagePort } from 'node:worker_threads'
import type { Answer, LinkOptions, LinkQuestion, LinkState } from './link.js'

/** Where the one host thread of a process is anchored: a property of the `Worker` class, which all Jest sandboxes share. */
export const HOST_KEY = 'surrealengine.host.v3'

/** Memory that a caller has in common with the host, so that the host can wake it when it is blocked. */
export interface CallerSignal {
  /** One number: counts the messages from the host. */
  readonly messages: Int32Array
  /** One number: 1 once the host thread has ended. */
  readonly hostEnded: Int32Array
}

/** What the host is started with. */
export interface HostOptions {
  /** Paths that an earlier host of this process had opened: the engine may hold them until the process ends. */
  readonly pathsOpenedBefore: readonly string[]
  /** Names the thread that starts the host, among those of its process. */
  readonly owner: string
  /** The process ends with that thread. */
  readonly isMainThread: boolean
}

/** To the host itself. */
export type HostCommand =
  | { readonly operation: 'attach'; readonly port: MessagePort; readonly signal: CallerSignal }
  /** The process is about to end: release everything, then store 1 in `done`. */
  | { readonly operation: 'shutdown'; readonly done: SharedArrayBuffer }
  /** For tests: the thread ends as if it had been killed. */
  | { readonly operation: 'test:exit' }

/** From a caller to the host. Every request with a sequence number gets one answer of the same number. */
export type HostRequest =
  | {
      readonly operation: 'open'
      readonly sequence: number
      readonly link: number
      readonly options: LinkOptions
      readonly timeout: number
      /** Files next to which the native engine may be installed, best first. */
      readonly resolveFrom: readonly string[]
    }
  | {
      readonly operation: 'execute'
      readonly sequence: number
      readonly link: number
      readonly id: string
      readonly bytes: Uint8Array
      readonly timeout: number
      readonly headers: Readonly<Record<string, string>> | undefined
      readonly ownSession: boolean
      readonly remember: string | undefined
      readonly lease: number | undefined
      readonly isSteady: boolean
    }
  | ({ readonly sequence: number; readonly link: number } & LinkQuestion)
  | { readonly operation: 'close'; readonly sequence: number; readonly link: number; readonly timeout: number }
  /** Nobody waits for the answer to this call any more. */
  | { readonly operation: 'forget'; readonly link: number; readonly id: string }
  /** It belongs to the session, without being executed. */
  | {
      readonly operation: 'remember'
      readonly link: number
      readonly key: string
      readonly id: string
      readonly bytes: Uint8Array
    }
  | {
      readonly operation: 'give-back'
      readonly link: number
      readonly lease: number
      readonly isDiscarded: boolean
    }
  /** Notifications are wanted from now on. */
  | { readonly operation: 'listen'; readonly link: number }

/** From the host to a caller. */
export type HostMessage =
  | ({ readonly kind: 'answer'; readonly sequence: number } & Answer)
  | { readonly kind: 'notification'; readonly link: number; readonly bytes: Uint8Array }
  | { readonly kind: 'state'; readonly link: number; readonly state: LinkState }
