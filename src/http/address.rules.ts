/**
 * Whom a request is counted for: the address of the connection, or behind so many proxies the one that the outermost of
 * them saw. Of an IPv6 address the network (/64): one household or server has all of its addresses.
 */
export function callerAddress(connection: string, forwardedFor: string | undefined, proxies: number): string {
  const hops = (forwardedFor ?? '').split(',').map((hop) => hop.trim())
  const seen = proxies === 0 ? connection : (hops.at(-proxies) ?? hops[0])
  return networkOf(seen?.replace(/^::ffff:/i, '') || connection)
}

function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [front = '', back] = address.split('%')[0]?.toLowerCase().split('::') ?? []
  const head = front === '' ? [] : front.split(':')
  const tail = back ? back.split(':') : []
  const zeros = back === undefined ? [] : Array.from({ length: 8 - head.length - tail.length }, () => '0')
  return `${[...head, ...zeros, ...tail].slice(0, 4).join(':')}::/64`
}

export type Reached = {
  /** The request as it came to us. */
  url: string
  forwardedProto: string | undefined
  forwardedHost: string | undefined
}

/**
 * The origin under which the browser reaches us: behind so many proxies what the outermost of them was asked for
 * (x-forwarded-proto, x-forwarded-host). Whoever is not behind one cannot say so by itself, nor with what is no host.
 */
export function publicOrigin({ url, forwardedProto, forwardedHost }: Reached, proxies: number): string {
  const { protocol, host } = new URL(url)
  if (proxies === 0) return `${protocol}//${host}`
  const proto = sayingOf(forwardedProto, proxies)?.toLowerCase()
  const name = sayingOf(forwardedHost, proxies)
  const seenProtocol = proto === 'http' || proto === 'https' ? `${proto}:` : protocol
  const seenHost =
    name !== undefined && /^[a-z0-9_.-]+(:\d{1,5})?$|^\[[0-9a-f:]+\](:\d{1,5})?$/i.test(name) ? name : host
  return URL.canParse(`${seenProtocol}//${seenHost}`)
    ? new URL(`${seenProtocol}//${seenHost}`).origin
    : `${protocol}//${host}`
}

/** Each proxy adds to the end, or says it anew. */
function sayingOf(header: string | undefined, proxies: number): string | undefined {
  const said = (header ?? '').split(',').map((one) => one.trim())
  return (said.at(-proxies) ?? said[0]) || undefined
}
