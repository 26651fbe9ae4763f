/** Where to send requests, and what lets us in there. They belong together: a token never goes to another host. */
export type Access = { origin: string; token: string }

export type Credentials = {
  /** Good for the next request. Throws a Refusal with the cure while there is no connection. */
  access(signal?: AbortSignal): Promise<Access>
  /** After Lightspeed refused a token: another one, or undefined if none can be had. */
  renew(refusedToken: string, signal?: AbortSignal): Promise<Access | undefined>
}

/** A personal token (Setup → Personal tokens): it does not expire, and cannot be renewed. */
export function personalToken(access: Access): Credentials {
  return { access: () => Promise.resolve(access), renew: () => Promise.resolve(undefined) }
}
