/**
 * For the few keys that only data knows (a use case's sentence, an assumption of the engine): the same function without
 * its list of keys, so a default must be given.
 */
export function translateOpen(t: unknown, key: string, options: { ns?: string; defaultValue: string; keySeparator?: false; nsSeparator?: false }): string {
  return (t as (key: string, options: object) => string)(key, options);
}
