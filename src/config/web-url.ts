/** The address under which people reach the web role: what links in mail begin with. */

/** An http or https address that a path can be added to, without a slash at its end; undefined for anything else. */
export function webUrl(input: string): string | undefined {
  const url = URL.canParse(input) ? new URL(input) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) return undefined;
  return url.search || url.hash || url.username || url.password ? undefined : url.href.replace(/\/+$/, "");
}
