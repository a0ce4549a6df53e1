// The check that a host is public: only public unicast addresses may be contacted.
import { lookup } from 'node:dns/promises';
import { BlockList, isIPv4, isIPv6 } from 'node:net';

export interface ResolvedAddress {
  address: string;
  family: 4 | 6;
}

/** Returns every IP address of a host name. */
export type Resolve = (hostname: string) => Promise<ResolvedAddress[]>;

/**
 * Ranges that are not globally reachable unicast: IANA's special-purpose registry (RFC 6890 and its updates) and
 * multicast.
 */
const SPECIAL_IPV4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
];
/** Global unicast. Mapped, NAT64, unique local and link-local addresses lie outside it. */
const GLOBAL_IPV6 = '2000::/3';
/**
 * Special ranges within global unicast: protocol assignments with Teredo, documentation, 6to4, AS112, documentation.
 */
const SPECIAL_IPV6 = ['2001::/23', '2001:db8::/32', '2002::/16', '2620:4f:8000::/48', '3fff::/20'];

const specialIpv4 = blockList(SPECIAL_IPV4, 'ipv4');
const globalIpv6 = blockList([GLOBAL_IPV6], 'ipv6');
const specialIpv6 = blockList(SPECIAL_IPV6, 'ipv6');

/** Returns true if an IP address is public unicast, false for other addresses and for text that is not an address. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !specialIpv4.check(address, 'ipv4');
  // a zone names an interface of this machine
  if (!isIPv6(address) || address.includes('%')) return false;
  return globalIpv6.check(address, 'ipv6') && !specialIpv6.check(address, 'ipv6');
}

/** Returns all addresses of a host name from the system's resolver. A numeric address resolves to itself. */
export const resolveWithSystem: Resolve = async (hostname) =>
  (await lookup(hostname, { all: true, verbatim: true })) as ResolvedAddress[];

function blockList(networks: readonly string[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const network of networks) {
    const [address, prefix] = network.split('/');
    list.addSubnet(address!, Number(prefix), family);
  }
  return list;
}
