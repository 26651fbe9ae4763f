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
