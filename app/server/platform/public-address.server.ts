import { lookup, type LookupAddress } from "node:dns";
import { BlockList, isIP, type LookupFunction } from "node:net";

const blocked = { ipv4: new BlockList(), ipv6: new BlockList() };
// Special-purpose ranges (IANA registries of RFC 6890): our own network, link-local with cloud metadata, tunnels into IPv4.
const V4: readonly (readonly [string, number])[] = [
  ["0.0.0.0", 8], ["10.0.0.0", 8], ["100.64.0.0", 10], ["169.254.0.0", 16], ["172.16.0.0", 12], ["192.0.0.0", 24], ["192.0.2.0", 24], ["192.88.99.0", 24],
  ["192.168.0.0", 16], ["198.18.0.0", 15], ["198.51.100.0", 24], ["203.0.113.0", 24], ["224.0.0.0", 4], ["240.0.0.0", 4],
];
const V6: readonly (readonly [string, number])[] = [
  ["::", 128], ["::ffff:0:0", 96], ["64:ff9b::", 96], ["64:ff9b:1::", 48], ["100::", 64], ["2001::", 23], ["2001:db8::", 32], ["2002::", 16], ["fc00::", 7], ["fe80::", 10], ["fec0::", 10], ["ff00::", 8],
];
for (const [net, prefix] of V4) blocked.ipv4.addSubnet(net, prefix, "ipv4");
// Lists of their own: one list would take an IPv4 address for the mapped IPv6 one.
for (const [net, prefix] of V6) blocked.ipv6.addSubnet(net, prefix, "ipv6");
const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

/** May something outside be called at this address? Loopback only where `allowsLoopback`, for development and tests. */
export function isPublicAddress(address: string, allowsLoopback: boolean): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  const family = version === 4 ? "ipv4" : "ipv6";
  if (loopback.check(address, family)) return allowsLoopback;
  return !blocked[family].check(address, family);
}

/**
 * For the `lookup` option of a request: a name whose addresses are not all public is refused at the moment of connecting,
 * so that a name server cannot answer one thing to a check and another to the request.
 */
export function lookupPublic(allowsLoopback: boolean): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses: LookupAddress[]) => {
      if (error) return callback(error, "", 4);
      const refused = addresses.find(({ address }) => !isPublicAddress(address, allowsLoopback));
      if (refused || addresses.length === 0) return callback(new Error(`${hostname} leads to an address that is not public`), "", 4);
      if (options.all) return callback(null, addresses, undefined);
      callback(null, addresses[0].address, addresses[0].family);
    });
  };
}
