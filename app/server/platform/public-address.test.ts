import { expect, it } from "vitest";
import { isPublicAddress, lookupPublic } from "./public-address.server.ts";

it.each([
  "10.0.0.1", "172.16.5.4", "172.31.255.255", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "224.0.0.1", "255.255.255.255", "198.18.0.1",
  "::", "fc00::1", "fd12:3456::1", "fe80::1", "::ffff:10.0.0.1", "::ffff:8.8.8.8", "64:ff9b::a00:1", "2002:a00:1::", "ff02::1", "2001:db8::1", "not an address", "",
])("%s is never called", (address) => {
  expect([isPublicAddress(address, false), isPublicAddress(address, true)]).toEqual([false, false]);
});

it.each(["8.8.8.8", "172.32.0.1", "1.1.1.1", "2606:4700:4700::1111"])("%s is public", (address) => {
  expect(isPublicAddress(address, false)).toBe(true);
});

it("this machine is called in development and tests alone", () => {
  for (const address of ["127.0.0.1", "127.8.8.8", "::1"]) expect([isPublicAddress(address, false), isPublicAddress(address, true)]).toEqual([false, true]);
});

it("a name that leads to this machine is refused when it is connected to", async () => {
  const look = (allowsLoopback: boolean) => new Promise((resolve) => lookupPublic(allowsLoopback)("localhost", {}, (error, address) => resolve(error ? error.message : address)));
  expect(await look(false)).toBe("localhost leads to an address that is not public");
  expect(["127.0.0.1", "::1"]).toContain(await look(true));
});
